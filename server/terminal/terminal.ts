import { type ShellState, TERMINAL_CLOSE, type TerminalControl } from '#contract/terminal-protocol.ts';
import { Allowance } from '../domain/allowance.ts';
import type { Log } from '../domain/log.ts';
import { randomId } from '../random-id.ts';
import type { LabSequence } from './answer-sequence.ts';
import { BoundedSequences } from './bounded-sequences.ts';
import { Connection, type ConnectionHost, type ConnectionOptions } from './connection.ts';
import { LastingAttachment } from './lasting-attachment.ts';
import type { Size } from './pty-attachment.ts';
import { ReplayRing } from './replay-ring.ts';
import { RunAtPrompt } from './run-at-prompt.ts';
import { Screen } from './screen.ts';
import { SharedFrame } from './shared-frame.ts';
import { ShellTracker } from './shell-tracker.ts';
import { isTyping } from './typed-keys.ts';
import { unfinishedFrom } from './unfinished-tail.ts';

const RING_BYTES = 256 * 1024;
/** Undrawn output at which the shell waits for the screen; the ring must reach back further than that. */
const DRAWING_HIGH_BYTES = 128 * 1024;
const DRAWING_LOW_BYTES = 32 * 1024;
/** Longest escape sequence that a snapshot in its middle repairs. */
const UNFINISHED_BYTES = 4096;
const INTERRUPT_KEY = 0x03;
/** A program that asks and asks but never reads the answers gets no more of them. */
const MAX_UNREAD_REPLY_BYTES = 4096;
/** A full-screen program is asked this often at most, for windows that came meanwhile. */
const REDRAW_EVERY_MS = 1_000;
/** Everybody at a terminal is told this often that a watcher types. */
const TYPING_EVERY_MS = 1_000;
/** Answers and switches that commands may send; a learner sends one now and then. */
const SEQUENCES = { perSecond: 1, burst: 20 };

export interface SavedScreen extends Size {
  readonly shell: ShellState;
  readonly exitCode: number | null;
  readonly snapshot: string;
}

export interface TerminalOptions {
  readonly id: string;
  readonly size: Size;
  /** The shell was just started, in another size than this. */
  readonly isNew: boolean;
  /** Program that joins a pty to the shell. */
  readonly attachCommand: { readonly file: string; readonly args: readonly string[] };
  readonly env: Readonly<Record<string, string>>;
  /** Whether the shell still runs. May throw where that can't be found out now. */
  readonly isShellAlive: () => Promise<boolean>;
  /** Screen of the same shell before a restart of the server. */
  readonly saved?: SavedScreen | undefined;
  readonly onSequence: (sequence: LabSequence) => void;
  /** The learner uses it. @param isTyping not only the window's own reports of focus and mouse */
  readonly onInput: (isTyping: boolean) => void;
  /** The shell ended by itself. */
  readonly onEnded: () => void;
  readonly log: Log;
  readonly nowMs?: () => number;
}

/** A learner's shell with its screen and all the windows that show it. */
export class Terminal {
  readonly #options: TerminalOptions;
  readonly #nowMs: () => number;
  readonly #host: ConnectionHost;
  readonly #bounds = new BoundedSequences();
  readonly #ring = new ReplayRing(RING_BYTES);
  readonly #output = new SharedFrame(this.#ring);
  readonly #shell: ShellTracker;
  readonly #screen: Screen;
  /** Last used window last. */
  readonly #connections = new Set<Connection>();
  readonly #attachment: LastingAttachment;
  readonly #runner: RunAtPrompt;
  #size: Size;
  readonly #startedBlank: boolean;
  #isDrawingSlow = false;
  #typingToldAtMs = Number.NEGATIVE_INFINITY;
  #redrawnAtMs = Number.NEGATIVE_INFINITY;
  #redrawTimer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: TerminalOptions) {
    const { saved } = options;
    this.#options = options;
    this.#startedBlank = saved === undefined && !options.isNew;
    this.#nowMs = options.nowMs ?? (() => performance.now());
    const { cols, rows } = saved ?? options.size;
    this.#size = { cols, rows };
    this.#shell = new ShellTracker(() => this.#shellChanged(), {
      state: saved?.shell ?? 'unknown',
      exitCode: saved?.exitCode ?? null,
    });
    const sequences = new Allowance(SEQUENCES, this.#nowMs());
    this.#screen = new Screen({
      ...this.#size,
      shell: this.#shell,
      onReply: (keys) => {
        if (this.#attachment.unreadBytes < MAX_UNREAD_REPLY_BYTES) this.#attachment.write(Buffer.from(keys));
      },
      onSequence: (sequence) => {
        if (sequences.spend(1, this.#nowMs())) options.onSequence(sequence);
      },
      // The shell switched it on with its first prompt, before there was anybody to tell.
      onPromptMissed: () => this.#ingest(Buffer.from('\x1b[?2004h')),
    });
    if (saved !== undefined) this.#screen.write(saved.snapshot);
    this.#host = this.#hostOf(randomId(12));
    this.#attachment = new LastingAttachment({
      terminalId: options.id,
      command: options.attachCommand,
      env: options.env,
      size: this.#size,
      redraws: !options.isNew,
      isShellAlive: options.isShellAlive,
      onData: (chunk) => this.#ingest(chunk),
      onShellEnded: () => this.#end(),
      log: options.log,
      nowMs: this.#nowMs,
    });
    this.#runner = new RunAtPrompt({
      screen: this.#screen,
      shell: this.#shell,
      attachment: this.#attachment,
      nowMs: this.#nowMs,
    });
  }

  connect(options: Omit<ConnectionOptions, 'nowMs'>): void {
    const connection = new Connection(this.#host, { ...options, nowMs: this.#nowMs });
    if (!connection.isClosed) this.#connections.add(connection);
  }

  /** Ends the connections and the attachment; the shell is left to the caller. Idempotent. */
  dispose(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#redrawTimer);
    for (const connection of [...this.#connections]) connection.close(code, reason);
    this.#attachment.close();
    this.#screen.dispose();
  }

  /** Before a restart of the server: leaves the shell running and returns its screen. */
  async detach(): Promise<SavedScreen> {
    this.#attachment.close();
    const snapshot = await this.#screen.drawn((screen) => screen.serialize());
    const saved = { ...this.#size, ...this.#shellState(), snapshot };
    this.dispose(TERMINAL_CLOSE.restarting, 'server restarts');
    return saved;
  }

  #hostOf(epoch: string): ConnectionHost {
    return {
      epoch,
      ring: this.#ring,
      hello: () => ({ epoch, ...this.#size, ...this.#shellState(), startedBlank: this.#startedBlank }),
      outputFrom: (offset) => this.#output.from(offset),
      snapshot: () => this.#snapshot(),
      input: (connection, bytes, onTaken) => this.#input(connection, bytes, onTaken),
      use: (connection) => this.#use(connection),
      run: (connection, text, interrupt) => {
        this.#use(connection);
        this.#options.onInput(true);
        return this.#runner.run(text, interrupt);
      },
      holdChanged: () => this.#holdOrGoOn(),
      left: (connection) => this.#leave(connection),
    };
  }

  #shellState(): { shell: ShellState; exitCode: number | null } {
    return { shell: this.#shell.state, exitCode: this.#shell.exitCode };
  }

  #ingest(output: Buffer): void {
    if (this.#isOver) return;
    const chunk = this.#bounds.pass(output);
    this.#ring.append(chunk);
    this.#screen.write(chunk, () => {
      if (this.#isDrawingSlow) this.#holdOrGoOn();
    });
    for (const connection of this.#connections) connection.notify();
    this.#holdOrGoOn();
  }

  #holdOrGoOn(): void {
    const limitBytes = this.#isDrawingSlow ? DRAWING_LOW_BYTES : DRAWING_HIGH_BYTES;
    this.#isDrawingSlow = this.#screen.pendingBytes > limitBytes;
    let mustHold = this.#isDrawingSlow;
    for (const connection of this.#connections) mustHold = connection.mustHold || mustHold;
    this.#attachment.hold(mustHold);
  }

  async #snapshot(): Promise<Size & { offset: number; bytes: Uint8Array }> {
    const offset = this.#ring.endOffset;
    const before = this.#ring.before(offset, UNFINISHED_BYTES);
    const unfinished = before.subarray(unfinishedFrom(before));
    const { text, ...size } = await this.#screen.drawn((screen) => ({
      ...screen.size,
      text: screen.serialize(),
    }));
    // A full-screen program's scroll region and saved cursor are not in a snapshot: it draws itself anew.
    if (this.#screen.isFullScreen) this.#redrawSoon();
    return { ...size, offset, bytes: Buffer.concat([Buffer.from(text), unfinished]) };
  }

  /** Of a class that comes to look on, each would have the program draw itself. */
  #redrawSoon(): void {
    if (this.#redrawTimer !== undefined) return;
    const waitMs = this.#redrawnAtMs + REDRAW_EVERY_MS - this.#nowMs();
    const redraw = (): void => {
      this.#redrawTimer = undefined;
      this.#redrawnAtMs = this.#nowMs();
      this.#attachment.redraw();
    };
    if (waitMs <= 0) redraw();
    else this.#redrawTimer = setTimeout(redraw, waitMs);
  }

  #input(connection: Connection, bytes: Uint8Array, onTaken: (count: number) => void): void {
    if (connection.watcher === null) {
      this.#use(connection);
      this.#options.onInput(isTyping(bytes));
    } else this.#tellTyping(connection.watcher.name);
    // What waits behind a program that does not read would be thrown away by the tty at ^C anyway.
    if (bytes.length === 1 && bytes[0] === INTERRUPT_KEY) this.#attachment.dropInput();
    this.#attachment.write(bytes, onTaken);
  }

  #tellTyping(name: string): void {
    const nowMs = this.#nowMs();
    if (nowMs - this.#typingToldAtMs < TYPING_EVERY_MS) return;
    this.#typingToldAtMs = nowMs;
    this.#tell({ type: 'typing', name });
  }

  /** The window that is used sets the size for all. */
  #use(connection: Connection): void {
    this.#connections.delete(connection);
    this.#connections.add(connection);
    if (connection.viewport !== null) this.#resize(connection.viewport);
  }

  #resize(size: Size): void {
    const { cols, rows } = this.#size;
    if (size.cols === cols && size.rows === rows) return;
    this.#size = { cols: size.cols, rows: size.rows };
    this.#screen.resize(size.cols, size.rows);
    this.#attachment.resize(this.#size);
    this.#tell({ type: 'size', ...this.#size });
  }

  #leave(connection: Connection): void {
    this.#connections.delete(connection);
    if (this.#isOver) return;
    const lastUsed = [...this.#connections].findLast(({ viewport }) => viewport !== null);
    if (lastUsed?.viewport) this.#resize(lastUsed.viewport);
    this.#holdOrGoOn();
  }

  #shellChanged(): void {
    this.#tell({ type: 'shell', ...this.#shellState() });
  }

  #tell(control: TerminalControl): void {
    for (const connection of this.#connections) connection.control(control);
  }

  #end(): void {
    this.#tell({ type: 'ended', exitCode: null });
    this.dispose(TERMINAL_CLOSE.ended, 'shell ended');
    this.#options.onEnded();
  }
}
