import { fileURLToPath } from 'node:url';
import { type RawData, WebSocket } from 'ws';
import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';
import { NodeChild } from '../harness/child-process.ts';
import { within } from '../harness/wait.ts';
import { OutputPort, type TerminalLink } from '../terminal-link.ts';

const START_DEADLINE_MS = 15_000;
const OPEN_DEADLINE_MS = 10_000;
const SHELL_END_DEADLINE_MS = 3000;

/** `pty-server.ts` as a process of its own, for one program. */
export class PtyBaseline implements AsyncDisposable {
  readonly #child: NodeChild;
  readonly #url: string;
  readonly #signal: AbortSignal;

  private constructor(child: NodeChild, url: string, signal: AbortSignal) {
    this.#child = child;
    this.#url = url;
    this.#signal = signal;
  }

  static async start(
    command: readonly string[],
    env: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
  ): Promise<PtyBaseline> {
    const child = new NodeChild({
      name: `the baseline server for ${command[0]}`,
      script: fileURLToPath(import.meta.resolve('./pty-server.ts')),
      args: command,
      env,
      stopMs: 3000,
    });
    try {
      const wait = { what: 'the baseline server', deadlineMs: START_DEADLINE_MS, signal };
      const [, port, token] = await child.printed(/listening (\d+) (\S+)/, wait);
      return new PtyBaseline(child, `ws://127.0.0.1:${port}/${token}`, signal);
    } catch (failure) {
      await child[Symbol.asyncDispose]();
      throw failure;
    }
  }

  get pid(): number {
    return this.#child.pid;
  }

  async open(): Promise<TerminalLink> {
    const socket = new WebSocket(this.#url, { perMessageDeflate: false });
    socket.binaryType = 'nodebuffer';
    const output = new OutputPort();
    receive(socket, output);
    const opened = Promise.withResolvers<void>();
    socket.once('open', () => opened.resolve());
    socket.once('error', (failure) => opened.reject(failure));
    const wait = { what: 'the baseline connection', deadlineMs: OPEN_DEADLINE_MS, signal: this.#signal };
    await within(wait, opened.promise);
    return {
      type: (text) => socket.send(Buffer.from(text)),
      listen: (onBytes) => output.listen(onBytes),
      [Symbol.asyncDispose]: () => endShell(socket),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
  }
}

function receive(socket: WebSocket, output: OutputPort): void {
  let consumedBytes = 0;
  let ackedBytes = 0;
  socket.on('error', () => {});
  socket.on('message', (data: RawData) => {
    const bytes = data as Buffer;
    consumedBytes += bytes.length;
    output.push(bytes);
    if (consumedBytes - ackedBytes < TERMINAL_LIMITS.ackEveryBytes) return;
    ackedBytes = consumedBytes;
    socket.send(String(consumedBytes));
  });
}

/**
 * A killed `docker exec` leaves its shell behind in the container, so the shell is asked to leave. Without an answer
 * the connection is cut.
 */
async function endShell(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const closed = Promise.withResolvers<void>();
  socket.once('close', () => closed.resolve());
  if (socket.readyState === WebSocket.OPEN) socket.send(Buffer.from('\x15exit\r'));
  const wait = {
    what: 'the shell to end',
    deadlineMs: SHELL_END_DEADLINE_MS,
    signal: new AbortController().signal,
  };
  await within(wait, closed.promise).catch(() => socket.terminate());
}
