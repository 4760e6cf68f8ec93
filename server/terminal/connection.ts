import { decodePageFrame, encodeServerFrame, type PageFrame } from '#contract/terminal-codec.ts';
import {
  type RunOutcome,
  TERMINAL_CLOSE,
  type TerminalCommand,
  type TerminalControl,
  type TerminalResume,
} from '#contract/terminal-protocol.ts';
import { Allowance } from '../domain/allowance.ts';
import type { TerminalWatcher } from '../domain/lab-terminals.ts';
import { FlowControl, STALL_MS } from './flow-control.ts';
import { Heartbeat } from './heartbeat.ts';
import { InputAccount } from './input-account.ts';
import type { Size } from './pty-attachment.ts';
import type { ReplayRing } from './replay-ring.ts';
import type { TerminalSocket } from './terminal-socket.ts';

const COALESCE_MS = 4;
const COALESCE_BYTES = 64 * 1024;
const BUFFERED_PAUSE_BYTES = 1024 * 1024;
const BUFFERED_MAX_BYTES = 8 * 1024 * 1024;
const BUFFERED_CHECK_MS = 250;
/** Keys of a watcher that were on their way when the keyboard was taken back are dropped without a word. */
const LATE_INPUT_MS = 2_000;
/** Frames of a page that types, moves the mouse and drags a window edge at once stay far below. */
const FRAMES = { perSecond: 500, burst: 2000 };
/** A command may cost a snapshot: five a second in the long run. */
const FRAME_COST = { input: 1, resize: 2, ack: 0.1, command: 100 } as const;

/** What a connection needs of its terminal. */
export interface ConnectionHost {
  readonly epoch: string;
  readonly ring: ReplayRing;
  hello(): Omit<Extract<TerminalControl, { type: 'hello' }>, 'type' | 'base' | 'readOnly'>;
  /** OUTPUT frame of all bytes from `offset` to the end of the ring; shared, not to be written to. */
  outputFrom(offset: number): Uint8Array;
  /** Screen at `offset`, where the page goes on. */
  snapshot(): Promise<Size & { offset: number; bytes: Uint8Array }>;
  input(connection: Connection, bytes: Uint8Array, onTaken: (count: number) => void): void;
  /** This window is the one in use: its size holds for all. */
  use(connection: Connection): void;
  run(connection: Connection, text: string, interrupt: boolean): Promise<RunOutcome>;
  /** The answer of `mustHold` may have changed. */
  holdChanged(): void;
  left(connection: Connection): void;
}

export interface ConnectionOptions {
  readonly socket: TerminalSocket;
  /** Who looks on; `null` for the learner whose terminal it is. */
  readonly watcher: TerminalWatcher | null;
  readonly resume: TerminalResume | null;
  readonly nowMs: () => number;
}

/**
 * One browser window at a terminal. It reads from the terminal's ring at its own pace: `live` pages get output as
 * it comes and may hold the shell back; pages that are hidden or asleep are `behind`, cost nothing, and are brought
 * up to date when they are back.
 */
export class Connection {
  readonly #host: ConnectionHost;
  readonly #socket: TerminalSocket;
  readonly watcher: TerminalWatcher | null;
  #unhearKeyboard: (() => void) | undefined;
  #lostKeyboardAtMs = Number.NEGATIVE_INFINITY;
  readonly #nowMs: () => number;
  readonly #flow: FlowControl;
  readonly #frames: Allowance;
  #state: 'live' | 'behind' | 'catching-up' | 'closed' = 'catching-up';
  #isHidden = false;
  #sentOffset: number;
  #flushedAtMs = Number.NEGATIVE_INFINITY;
  #flushTimer: NodeJS.Timeout | undefined;
  #stallTimer: NodeJS.Timeout | undefined;
  #bufferTimer: NodeJS.Timeout | undefined;
  readonly #heartbeat: Heartbeat;
  readonly #inputAccount: InputAccount;
  /** Size of this window, once it has said so. */
  viewport: Size | null = null;

  constructor(host: ConnectionHost, options: ConnectionOptions) {
    this.#host = host;
    this.#socket = options.socket;
    this.watcher = options.watcher;
    this.#nowMs = options.nowMs;
    this.#frames = new Allowance(FRAMES, this.#nowMs());
    const { resume } = options;
    const canResume = resume !== null && resume.epoch === host.epoch && host.ring.holds(resume.since);
    this.#sentOffset = canResume ? resume.since : host.ring.endOffset;
    this.#flow = new FlowControl(this.#sentOffset, this.#nowMs());
    this.#heartbeat = new Heartbeat(this.#socket);
    this.#inputAccount = new InputAccount((inputBytes) => {
      if (!this.isClosed) this.#socket.send(encodeServerFrame({ type: 'taken', inputBytes }));
    });
    this.#socket.listen({
      onMessage: (data) => this.#receive(data),
      onPong: () => this.#heartbeat.answered(),
      onClose: () => this.#leave(),
    });
    const readOnly = this.watcher !== null;
    this.control({ type: 'hello', ...host.hello(), base: this.#sentOffset, readOnly });
    if (this.watcher?.hasKeyboard()) this.control({ type: 'keyboard', isYours: true });
    if (!this.isClosed) this.#unhearKeyboard = this.watcher?.onKeyboard(() => this.#keyboardChanged());
    if (canResume) this.#goLive();
    else void this.#sendSnapshot();
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** Whether the shell must wait for this window. It never waits for a watcher. */
  get mustHold(): boolean {
    return this.#isFull && this.watcher === null;
  }

  get #isFull(): boolean {
    return this.#state === 'live' && this.#flow.mustHold(this.#host.ring.endOffset, this.#nowMs());
  }

  /** The ring has grown. */
  notify(): void {
    if (this.#state !== 'live') return;
    const waitedMs = this.#nowMs() - this.#flushedAtMs;
    const pendingBytes = this.#host.ring.endOffset - this.#sentOffset;
    if (waitedMs >= COALESCE_MS || pendingBytes >= COALESCE_BYTES) this.#flush();
    else this.#flushTimer ??= setTimeout(() => this.#flush(), COALESCE_MS - waitedMs);
    this.#watchStall();
  }

  control(control: TerminalControl): void {
    if (this.#state === 'closed') return;
    // A shell can change its marks faster than a page reads of it.
    if (this.#socket.bufferedBytes > BUFFERED_MAX_BYTES) this.#giveUp();
    else this.#socket.send(encodeServerFrame({ type: 'control', control }));
  }

  close(code: number, reason: string): void {
    if (this.#state === 'closed') return;
    if (this.#state === 'live') this.#flush();
    this.#leave();
    this.#socket.close(code, reason);
  }

  #receive(data: Uint8Array | null): void {
    if (this.#state === 'closed') return;
    const frame = data === null ? null : decodePageFrame(data);
    if (frame === null) this.close(TERMINAL_CLOSE.malformed, 'malformed frame');
    else if (this.#frames.spend(FRAME_COST[frame.type], this.#nowMs())) this.#take(frame);
    else this.#tooFast();
  }

  #take(frame: PageFrame): void {
    switch (frame.type) {
      case 'input':
        this.#input(frame.bytes);
        break;
      case 'resize':
        if (this.watcher !== null) break;
        this.viewport = { cols: frame.cols, rows: frame.rows };
        this.#host.use(this);
        break;
      case 'ack':
        this.#acknowledge(frame.offset);
        break;
      case 'command':
        this.#command(frame.command);
        break;
      default:
        frame satisfies never;
    }
  }

  #input(bytes: Uint8Array): void {
    if (this.watcher?.hasKeyboard() === false) {
      this.#refuseInput(bytes.length);
      return;
    }
    if (this.#inputAccount.came(bytes.length)) {
      this.#host.input(this, bytes, (count) => this.#inputAccount.taken(count));
    } else this.#tooFast();
  }

  #refuseInput(count: number): void {
    if (this.#nowMs() - this.#lostKeyboardAtMs >= LATE_INPUT_MS) {
      this.close(TERMINAL_CLOSE.readOnly, 'a watcher without the keyboard');
    } else if (this.#inputAccount.came(count)) this.#inputAccount.taken(count);
    else this.#tooFast();
  }

  #keyboardChanged(): void {
    const isYours = this.watcher?.hasKeyboard() === true;
    if (!isYours) this.#lostKeyboardAtMs = this.#nowMs();
    this.control({ type: 'keyboard', isYours });
  }

  #acknowledge(offset: number): void {
    const outcome = this.#flow.acknowledge(offset, this.#sentOffset, this.#nowMs());
    if (outcome === 'impossible') this.close(TERMINAL_CLOSE.malformed, 'acknowledged more than was sent');
    if (outcome !== 'progress') return;
    if (this.#state === 'behind' && !this.#isHidden && this.#bufferTimer === undefined) this.#catchUp();
    this.#host.holdChanged();
    this.#watchStall();
  }

  #command(command: TerminalCommand): void {
    if (command.type === 'hidden') this.#setHidden(command.hidden);
    else if (this.watcher !== null) this.control({ type: 'run', outcome: 'busy' });
    else {
      void this.#host
        .run(this, command.text, command.interrupt)
        .then((outcome) => this.control({ type: 'run', outcome }));
    }
  }

  #setHidden(isHidden: boolean): void {
    this.#isHidden = isHidden;
    if (isHidden && this.#state === 'live') this.#fallBehind();
    else if (!isHidden && this.#state === 'behind') this.#catchUp();
  }

  #fallBehind(): void {
    this.#flush();
    if (this.#state !== 'live') return;
    this.#state = 'behind';
    clearTimeout(this.#stallTimer);
    this.#stallTimer = undefined;
    this.#host.holdChanged();
  }

  #catchUp(): void {
    if (this.#host.ring.holds(this.#sentOffset)) this.#goLive();
    else void this.#sendSnapshot();
  }

  async #sendSnapshot(): Promise<void> {
    this.#state = 'catching-up';
    const { offset, bytes, cols, rows } = await this.#host.snapshot();
    if (this.#state !== 'catching-up') return;
    this.control({ type: 'size', cols, rows });
    this.#socket.send(encodeServerFrame({ type: 'snapshot', offset, bytes }));
    this.#sentOffset = offset;
    this.#flow.restart(offset, this.#nowMs());
    const { cols: nextCols, rows: nextRows } = this.#host.hello();
    if (nextCols !== cols || nextRows !== rows)
      this.control({ type: 'size', cols: nextCols, rows: nextRows });
    this.#goLive();
  }

  #goLive(): void {
    this.#state = 'live';
    this.notify();
    if (this.#isHidden) this.#fallBehind();
    this.#host.holdChanged();
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    if (this.#state !== 'live') return;
    const { ring } = this.#host;
    const length = ring.endOffset - this.#sentOffset;
    if (length === 0) return;
    if (!ring.holds(this.#sentOffset)) {
      void this.#sendSnapshot();
      return;
    }
    const frame = this.#host.outputFrom(this.#sentOffset);
    this.#sentOffset = ring.endOffset;
    this.#flushedAtMs = this.#nowMs();
    this.#socket.send(frame);
    this.#guardBuffer();
  }

  #guardBuffer(): void {
    const { bufferedBytes } = this.#socket;
    if (bufferedBytes > BUFFERED_MAX_BYTES) this.#giveUp();
    else if (bufferedBytes > BUFFERED_PAUSE_BYTES) {
      this.#fallBehind();
      this.#bufferTimer ??= setInterval(() => this.#resumeWhenSent(), BUFFERED_CHECK_MS);
    }
  }

  #resumeWhenSent(): void {
    if (this.#socket.bufferedBytes > BUFFERED_PAUSE_BYTES / 4) return;
    clearInterval(this.#bufferTimer);
    this.#bufferTimer = undefined;
    if (this.#state === 'behind' && !this.#isHidden) this.#catchUp();
  }

  #watchStall(): void {
    if (this.watcher !== null && this.#isFull) this.#fallBehind();
    if (!this.mustHold) {
      clearTimeout(this.#stallTimer);
      this.#stallTimer = undefined;
      return;
    }
    this.#stallTimer ??= setTimeout(() => {
      this.#stallTimer = undefined;
      if (this.#flow.isStalled(this.#nowMs())) this.#fallBehind();
      else this.#watchStall();
    }, STALL_MS / 5);
  }

  #tooFast(): void {
    this.close(TERMINAL_CLOSE.tooFast, 'more input than the limits allow');
  }

  #giveUp(): void {
    this.#leave();
    this.#socket.terminate();
  }

  #leave(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#heartbeat.stop();
    this.#unhearKeyboard?.();
    clearTimeout(this.#flushTimer);
    clearTimeout(this.#stallTimer);
    clearInterval(this.#bufferTimer);
    this.#host.left(this);
  }
}
