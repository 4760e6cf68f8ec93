import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../domain/log.ts';
import { PtyAttachment, type Size } from './pty-attachment.ts';

const FIRST_WAIT_MS = 100;
const MAX_WAIT_MS = 15_000;
/** An attachment that held this long was a good one: the next failure starts with the shortest wait. */
const SETTLED_AFTER_MS = 10_000;

export interface LastingAttachmentOptions {
  readonly terminalId: string;
  readonly command: { readonly file: string; readonly args: readonly string[] };
  readonly env: Readonly<Record<string, string>>;
  readonly size: Size;
  /** The shell has this size already and must draw its screen anew. */
  readonly redraws: boolean;
  /** May throw where it can't be found out now. */
  readonly isShellAlive: () => Promise<boolean>;
  readonly onData: (chunk: Buffer) => void;
  readonly onShellEnded: () => void;
  readonly log: Log;
  readonly nowMs: () => number;
}

/** Stays joined to a shell for as long as that lives: an attach program that dies is started again. */
export class LastingAttachment {
  readonly #options: LastingAttachmentOptions;
  #pty: PtyAttachment | null = null;
  #size: Size;
  #isHeld = false;
  #isClosed = false;
  #waitMs = FIRST_WAIT_MS;

  constructor(options: LastingAttachmentOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#attach(options.redraws);
  }

  /** Dropped while the attach program is being started again. */
  write(bytes: Uint8Array, onTaken: (count: number) => void = () => {}): void {
    if (this.#pty === null) onTaken(bytes.length);
    else this.#pty.write(bytes, onTaken);
  }

  /** Input that the program has not taken yet. */
  get unreadBytes(): number {
    return this.#pty?.pendingInputBytes ?? 0;
  }

  dropInput(): void {
    this.#pty?.dropInput();
  }

  resize(size: Size): void {
    this.#size = size;
    this.#pty?.resize(size);
  }

  redraw(): void {
    this.#pty?.redraw();
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#pty?.hold(isHeld);
  }

  /** Leaves the shell alone. Idempotent; no event follows. */
  close(): void {
    this.#isClosed = true;
    this.#pty?.close();
    this.#pty = null;
  }

  #attach(redraws: boolean): void {
    const { command, env, log, nowMs, onData, terminalId } = this.#options;
    const attachedAtMs = nowMs();
    try {
      this.#pty = new PtyAttachment({
        command,
        env,
        size: this.#size,
        redraws,
        onData,
        onEnd: ({ failure }) => {
          this.#pty = null;
          if (nowMs() - attachedAtMs >= SETTLED_AFTER_MS) this.#waitMs = FIRST_WAIT_MS;
          void this.#ended(failure);
        },
      });
      this.#pty.hold(this.#isHeld);
    } catch (err) {
      log.warn({ terminalId, err }, 'start attach program');
      void this.#ended('');
    }
  }

  async #ended(failure: string): Promise<void> {
    const { isShellAlive, log, onShellEnded, terminalId } = this.#options;
    const isAlive = await isShellAlive().catch((err: unknown) => {
      log.debug({ terminalId, err }, 'look for shell');
      // The engine may be restarting or the node be frozen: not known is not dead.
      return true;
    });
    if (this.#isClosed) return;
    if (!isAlive) {
      onShellEnded();
      return;
    }
    log.info({ terminalId, failure, waitMs: this.#waitMs }, 're-attach terminal');
    await delay(this.#waitMs, undefined, { ref: false });
    this.#waitMs = Math.min(MAX_WAIT_MS, this.#waitMs * 2);
    if (!this.#isClosed) this.#attach(true);
  }
}
