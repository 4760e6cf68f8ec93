import type { IPty } from 'node-pty';
import pty from 'node-pty';
import { AttachOutput } from './attach-output.ts';
import { InputQueue } from './input-queue.ts';
import { PtyHandle } from './pty-handle.ts';

/** Time between two sizes, so that a program sees both and draws its screen anew. */
const REDRAW_PAUSE_MS = 60;

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

export interface AttachmentOptions {
  readonly command: { readonly file: string; readonly args: readonly string[] };
  readonly env: Readonly<Record<string, string>>;
  readonly size: Size;
  /** The shell has this size already: it must see another one first, or it would not draw its screen anew. */
  readonly redraws: boolean;
  readonly onData: (chunk: Buffer) => void;
  /** After the last byte. `failure` is what the attach program said if it never got attached. */
  readonly onEnd: (end: { failure: string }) => void;
}

/** A local pty that is joined to the learner's shell by the attach program. Its end is not the shell's end. */
export class PtyAttachment {
  readonly #pty: IPty;
  readonly #handle: PtyHandle;
  readonly #output: AttachOutput;
  readonly #input: InputQueue;
  #size: Size;
  #isReady = false;
  #isHeld = false;
  #isClosed = false;
  #redrawTimer: NodeJS.Timeout | undefined;

  /** @throws Error when no pty or process is to be had. */
  constructor(options: AttachmentOptions) {
    this.#size = options.size;
    const { cols, rows } = options.redraws ? shorter(options.size) : options.size;
    this.#pty = pty.spawn(options.command.file, [...options.command.args], {
      name: 'xterm-256color',
      cols,
      rows,
      encoding: null,
      env: { ...options.env },
    });
    this.#handle = new PtyHandle(this.#pty);
    this.#input = new InputQueue(() => (this.#isClosed ? null : this.#handle.fd));
    this.#output = new AttachOutput({
      onReady: () => {
        this.#isReady = true;
        this.#input.open();
        if (options.redraws) this.#redrawTimer = setTimeout(() => this.#apply(this.#size), REDRAW_PAUSE_MS);
        else this.#apply(this.#size);
      },
      onData: options.onData,
    });
    this.#pty.onData((chunk) => {
      this.#handle.keepHold();
      // With `encoding: null` the chunks are Buffers, whatever the types say.
      if (!this.#isClosed) this.#output.push(chunk as unknown as Buffer);
    });
    this.#handle.onClose(() => {
      if (this.#isClosed) return;
      this.#release();
      options.onEnd({ failure: this.#output.failure });
    });
  }

  get pendingInputBytes(): number {
    return this.#input.pendingBytes;
  }

  write(bytes: Uint8Array, onTaken?: (count: number) => void): void {
    if (!this.#isClosed) this.#input.push(bytes, onTaken);
  }

  dropInput(): void {
    this.#input.clear();
  }

  resize(size: Size): void {
    this.#size = size;
    if (this.#isReady && this.#redrawTimer === undefined) this.#apply(size);
  }

  /** Has the program draw its screen anew. */
  redraw(): void {
    if (!this.#isReady || this.#redrawTimer !== undefined) return;
    this.#apply(shorter(this.#size));
    this.#redrawTimer = setTimeout(() => this.#apply(this.#size), REDRAW_PAUSE_MS);
  }

  /** Stops reading: the kernel, then dtach, then the program waits. */
  hold(isHeld: boolean): void {
    if (this.#isClosed) return;
    this.#isHeld = isHeld;
    this.#handle.hold(isHeld);
  }

  /** Leaves the shell alone. Idempotent; no event follows. */
  close(): void {
    if (this.#isClosed) return;
    this.#release();
    // Reading must go on for the pty to close.
    this.#handle.hold(false);
    (this.#pty as IPty & { destroy(): void }).destroy();
  }

  #release(): void {
    this.#isClosed = true;
    clearTimeout(this.#redrawTimer);
    this.#output.end();
    this.#input.clear();
  }

  #apply({ cols, rows }: Size): void {
    this.#redrawTimer = undefined;
    // A pty whose program has just ended throws.
    if (this.#isClosed || this.#handle.fd === null) return;
    // dtach 0.9 loses output when a new size interrupts its waiting to write.
    if (this.#isHeld) this.#redrawTimer = setTimeout(() => this.#apply(this.#size), REDRAW_PAUSE_MS);
    else this.#pty.resize(cols, rows);
  }
}

/** A size that differs: readline draws its prompt anew only then. */
export function shorter({ cols, rows }: Size): Size {
  return { cols, rows: rows > 1 ? rows - 1 : rows + 1 };
}
