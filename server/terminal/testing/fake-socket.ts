import {
  decodeServerFrame,
  encodePageFrame,
  type PageFrame,
  type ServerFrame,
} from '#contract/terminal-codec.ts';
import type { TerminalControl } from '#contract/terminal-protocol.ts';
import type { TerminalSocket, TerminalSocketEvents } from '../terminal-socket.ts';

/** The page's end of a connection, without a network. */
export class FakeSocket implements TerminalSocket {
  readonly frames: ServerFrame[] = [];
  bufferedBytes = 0;
  pings = 0;
  closed: { code: number } | 'terminated' | null = null;
  /** Acknowledges all output as soon as it comes. */
  acknowledges: boolean;
  /** Offset of the next output byte. */
  offset = 0;
  outputBytes = 0;
  /** Turn off for floods: frames are counted, not kept. */
  keepsFrames = true;
  #events: TerminalSocketEvents | null = null;

  constructor(options: { acknowledges: boolean }) {
    this.acknowledges = options.acknowledges;
  }

  send(data: Uint8Array): void {
    const frame = decodeServerFrame(data);
    if (frame === null) throw new Error('server sent a malformed frame');
    if (this.keepsFrames) this.frames.push(frame);
    if (frame.type === 'control' && frame.control.type === 'hello') this.offset = frame.control.base;
    if (frame.type === 'snapshot') this.offset = frame.offset;
    if (frame.type !== 'output') return;
    this.offset += frame.bytes.length;
    this.outputBytes += frame.bytes.length;
    if (this.acknowledges) queueMicrotask(() => this.receive({ type: 'ack', offset: this.offset }));
  }

  ping(): void {
    this.pings += 1;
  }

  pong(): void {
    this.#events?.onPong();
  }

  close(code: number): void {
    this.closed ??= { code };
    this.#events?.onClose();
  }

  terminate(): void {
    this.closed ??= 'terminated';
    this.#events?.onClose();
  }

  listen(events: TerminalSocketEvents): void {
    this.#events = events;
  }

  /** As if the page had sent it. */
  receive(frame: PageFrame): void {
    this.#events?.onMessage(encodePageFrame(frame));
  }

  receiveRaw(data: Uint8Array | null): void {
    this.#events?.onMessage(data);
  }

  type(text: string): void {
    this.receive({ type: 'input', bytes: new TextEncoder().encode(text) });
  }

  /** All output and snapshots so far, as text. */
  get text(): string {
    const chunks = this.frames.map((frame) =>
      frame.type === 'output' || frame.type === 'snapshot' ? frame.bytes : new Uint8Array(),
    );
    return Buffer.concat(chunks).toString('utf8');
  }

  /** The same without escape sequences and carriage returns. */
  get plain(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding escape sequences is the point.
    return this.text.replace(/\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b\[[0-9;?]*[A-Za-z]|\r/g, '');
  }

  get controls(): TerminalControl[] {
    return this.frames.flatMap((frame) => (frame.type === 'control' ? [frame.control] : []));
  }
}
