import {
  decodeServerFrame,
  encodePageFrame,
  type PageFrame,
  type ServerFrame,
} from '#contract/terminal-codec.ts';
import {
  TERMINAL_CLOSE,
  TERMINAL_PROTOCOL,
  type TerminalResume,
  TICKET_PROTOCOL_PREFIX,
  terminalSocketPath,
} from '#contract/terminal-protocol.ts';

export type TerminalStatus = 'connecting' | 'live' | 'reconnecting' | 'ended' | 'gone';

const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 5000;
const TOO_FAST_PAUSE_MS = 2000;
const HELLO_TIMEOUT_MS = 10_000;
/** Answers to the request for a ticket after which asking again is pointless. */
const FINAL_CODES = ['TERMINAL_UNKNOWN', 'LAB_SESSION_UNKNOWN', 'NOT_FOUND'];

export interface SocketLinkOptions {
  readonly terminalId: string;
  readonly openTicket: () => Promise<string>;
  readonly resume: () => TerminalResume | null;
  readonly onFrame: (frame: ServerFrame) => void;
  /** The next connection has to begin with a snapshot. */
  readonly onResumeLost: () => void;
  /** @param detail error or close code, for the pane's text */
  readonly onStatus: (status: TerminalStatus, detail?: string) => void;
}

/** Keeps one WebSocket to a terminal up: asks for a ticket, connects, waits and tries again until it is told to stop. */
export class SocketLink {
  readonly #options: SocketLinkOptions;
  readonly #listeners = new AbortController();
  #socket: WebSocket | null = null;
  #status: TerminalStatus = 'connecting';
  #retryMs = FIRST_RETRY_MS;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #helloTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SocketLinkOptions) {
    this.#options = options;
    const { signal } = this.#listeners;
    window.addEventListener('online', () => this.#retryNow(), { signal });
    document.addEventListener('visibilitychange', () => this.#visibilityChanged(), { signal });
    void this.#connect();
  }

  get isLive(): boolean {
    return this.#status === 'live';
  }

  /** Dropped while there is no connection. */
  send(frame: PageFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(encodePageFrame(frame));
  }

  stop(): void {
    this.#listeners.abort();
    clearTimeout(this.#retryTimer);
    this.#drop();
  }

  async #connect(): Promise<void> {
    this.#retryTimer = undefined;
    try {
      const ticket = await this.#options.openTicket();
      if (!this.#isOver) this.#open(ticket);
    } catch (failure) {
      if (this.#isOver) return;
      const code = codeOf(failure);
      if (FINAL_CODES.includes(code)) this.#finish('gone', code);
      else this.#retryLater(this.#retryMs, code);
    }
  }

  #open(ticket: string): void {
    const path = terminalSocketPath(this.#options.terminalId, this.#options.resume());
    const address = new URL(path, location.href.replace(/^http/, 'ws'));
    const socket = new WebSocket(address, [TERMINAL_PROTOCOL, TICKET_PROTOCOL_PREFIX + ticket]);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#helloTimer = setTimeout(() => this.#closed(socket, 0), HELLO_TIMEOUT_MS);
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#receive(data);
    });
    socket.addEventListener('close', ({ code }) => this.#closed(socket, code));
  }

  #receive(data: unknown): void {
    const frame = data instanceof ArrayBuffer ? decodeServerFrame(new Uint8Array(data)) : null;
    // A server newer than this page may say something new: not knowing it does no harm.
    if (frame === null) return;
    const isHello = frame.type === 'control' && frame.control.type === 'hello';
    if (isHello) this.#greeted();
    this.#options.onFrame(frame);
    if (isHello) {
      this.#setStatus('live');
      if (document.hidden) this.send({ type: 'command', command: { type: 'hidden', hidden: true } });
    }
  }

  #greeted(): void {
    clearTimeout(this.#helloTimer);
    this.#retryMs = FIRST_RETRY_MS;
  }

  #closed(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#drop();
    if (code === TERMINAL_CLOSE.ended) this.#finish('ended');
    else if (code === TERMINAL_CLOSE.gone) this.#finish('gone');
    else {
      if (code === TERMINAL_CLOSE.malformed) this.#options.onResumeLost();
      this.#retryLater(code === TERMINAL_CLOSE.tooFast ? TOO_FAST_PAUSE_MS : this.#retryMs, String(code));
    }
  }

  #retryLater(waitMs: number, detail: string): void {
    this.#setStatus('reconnecting', detail);
    this.#retryMs = Math.min(MAX_RETRY_MS, this.#retryMs * 2);
    this.#retryTimer = setTimeout(() => void this.#connect(), waitMs * (0.5 + Math.random() / 2));
  }

  #retryNow(): void {
    if (this.#retryTimer === undefined) return;
    clearTimeout(this.#retryTimer);
    void this.#connect();
  }

  #visibilityChanged(): void {
    const { hidden } = document;
    this.send({ type: 'command', command: { type: 'hidden', hidden } });
    if (!hidden) this.#retryNow();
  }

  #finish(status: 'ended' | 'gone', detail?: string): void {
    this.stop();
    this.#setStatus(status, detail);
  }

  #drop(): void {
    clearTimeout(this.#helloTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  get #isOver(): boolean {
    return this.#listeners.signal.aborted;
  }

  #setStatus(status: TerminalStatus, detail?: string): void {
    if (status === this.#status && status !== 'reconnecting') return;
    this.#status = status;
    this.#options.onStatus(status, detail);
  }
}

function codeOf(failure: unknown): string {
  const code = typeof failure === 'object' && failure !== null && 'code' in failure ? failure.code : null;
  return typeof code === 'string' ? code : 'INTERNAL';
}
