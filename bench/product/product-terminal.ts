import { type RawData, WebSocket } from 'ws';
import type { LabSessionId } from '#contract/ids.ts';
import { decodeServerFrame, encodePageFrame } from '#contract/terminal-codec.ts';
import {
  TERMINAL_LIMITS,
  TERMINAL_PROTOCOL,
  TICKET_PROTOCOL_PREFIX,
  terminalSocketPath,
} from '#contract/terminal-protocol.ts';
import { within } from '../harness/wait.ts';
import { OutputPort, type TerminalLink } from '../terminal-link.ts';
import type { LearnerClient } from './learner-client.ts';

const OPEN_DEADLINE_MS = 10_000;
const TERMINAL_SIZE = { cols: 100, rows: 30 };

export interface ProductTerminal extends TerminalLink {
  readonly terminalId: string;
  /** Cuts the connection as a page that is closed does; the terminal itself stays. */
  leave(): Promise<void>;
}

/** Opens a terminal as the page does: make it, take a ticket, connect, acknowledge what was consumed. */
export async function openProductTerminal(
  learner: LearnerClient,
  labSessionId: LabSessionId,
  signal: AbortSignal,
): Promise<ProductTerminal> {
  const { id: terminalId } = await learner.openTerminal(labSessionId, TERMINAL_SIZE);
  const ticket = await learner.ticket(labSessionId, terminalId);
  const socket = new WebSocket(
    learner.origin.replace(/^http/, 'ws') + terminalSocketPath(terminalId, null),
    [TERMINAL_PROTOCOL, `${TICKET_PROTOCOL_PREFIX}${ticket}`],
    { origin: learner.origin, headers: { cookie: learner.cookie }, perMessageDeflate: false },
  );
  socket.binaryType = 'nodebuffer';
  const output = new OutputPort();
  receive(socket, output);
  const opened = Promise.withResolvers<void>();
  socket.once('open', () => opened.resolve());
  socket.once('error', (failure) => opened.reject(failure));
  await within({ what: 'the terminal connection', deadlineMs: OPEN_DEADLINE_MS, signal }, opened.promise);
  return {
    terminalId,
    type: (text) => socket.send(encodePageFrame({ type: 'input', bytes: Buffer.from(text) })),
    listen: (onBytes) => output.listen(onBytes),
    leave: async () => socket.terminate(),
    [Symbol.asyncDispose]: async () => {
      socket.terminate();
      await learner.closeTerminal(labSessionId, terminalId).catch(() => {});
    },
  };
}

function receive(socket: WebSocket, output: OutputPort): void {
  let consumedOffset = 0;
  let ackedOffset = 0;
  socket.on('error', () => {});
  socket.on('message', (data: RawData) => {
    const frame = decodeServerFrame(data as Buffer);
    if (frame?.type === 'control' && frame.control.type === 'hello') {
      consumedOffset = frame.control.base;
      ackedOffset = consumedOffset;
    }
    if (frame?.type === 'snapshot') {
      consumedOffset = frame.offset;
      ackedOffset = consumedOffset;
      output.push(frame.bytes);
    }
    if (frame?.type !== 'output') return;
    consumedOffset += frame.bytes.length;
    output.push(frame.bytes);
    if (consumedOffset - ackedOffset < TERMINAL_LIMITS.ackEveryBytes) return;
    ackedOffset = consumedOffset;
    socket.send(encodePageFrame({ type: 'ack', offset: consumedOffset }));
  });
}
