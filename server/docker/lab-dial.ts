import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { LabError } from '../domain/lab-error.ts';
import type { LabDialer, LabNodeRef } from '../ports.ts';

/** The node gives up after five seconds by itself; one that is frozen says nothing at all. */
const DEADLINE_MS = 6_000;
const MAX_REPLY_BYTES = 128;
const LINE_END = 0x0a;

/** Reaches TCP ports of lab nodes by the `dial.sock` of each (`labs/images/README.md`), without a route into the lab. */
export class SocketLabDialer implements LabDialer {
  async dial(node: LabNodeRef, port: number, signal: AbortSignal): Promise<Duplex> {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new RangeError(`${port} is no port`);
    if (node.terminalFolder === null)
      throw new LabError('LAB_NODE_UNREACHABLE', `no folder is shared with ${node.name}`);
    const within = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);
    const socket = connect({ path: join(dirname(node.terminalFolder), 'dial.sock') });
    // Until it is the caller's: a failure shows as one of the waits below.
    const ignore = (): void => {};
    socket.on('error', ignore);
    try {
      await once(socket, 'connect', { signal: within });
      socket.write(`${port}\n`);
      const reply = await replyOf(socket, within);
      if (reply === 'refused')
        throw new LabError('PORT_CLOSED', `nothing listens on port ${port} of ${node.name}`, {
          params: { node: node.name, port },
        });
      if (reply !== 'ok') throw new Error(`the node says: ${reply}`);
      socket.off('error', ignore);
      return socket;
    } catch (cause) {
      socket.destroy();
      if (cause instanceof LabError) throw cause;
      throw new LabError('LAB_NODE_UNREACHABLE', `port ${port} of ${node.name} could not be reached`, {
        cause,
      });
    }
  }
}

/** The node's one line; what came after it stays to be read. @throws at the signal, and when the node hangs up */
async function replyOf(socket: Socket, signal: AbortSignal): Promise<string> {
  let known = Buffer.alloc(0);
  for (;;) {
    const chunk: Buffer | null = socket.read();
    if (chunk !== null) {
      known = Buffer.concat([known, chunk]);
      const end = known.indexOf(LINE_END);
      if (end >= 0) {
        if (end + 1 < known.length) socket.unshift(known.subarray(end + 1));
        return known.toString('latin1', 0, end);
      }
      if (known.length > MAX_REPLY_BYTES) throw new Error('the node answers at too great length');
    }
    if (socket.readableEnded || socket.destroyed) throw new Error('the node hung up');
    await Promise.race([once(socket, 'readable', { signal }), once(socket, 'close', { signal })]);
  }
}
