import { writeSync } from 'node:fs';

/** Small enough that a ^C behind one piece is not felt. */
const PIECE_BYTES = 4096;
const FIRST_RETRY_MS = 2;
const MAX_RETRY_MS = 100;

interface Entry {
  readonly bytes: Uint8Array;
  readonly onTaken: (count: number) => void;
  written: number;
}

/**
 * Input on its way into a non-blocking pty. When the kernel's buffer is full because the program does not read, it
 * waits and tries again ever less often; node-pty's own queue would try again without pause.
 */
export class InputQueue {
  readonly #fd: () => number | null;
  #entries: Entry[] = [];
  #isOpen = false;
  #retryMs = FIRST_RETRY_MS;
  #retryTimer: NodeJS.Timeout | undefined;

  /** @param fd where to write, `null` once it is closed */
  constructor(fd: () => number | null) {
    this.#fd = fd;
  }

  get pendingBytes(): number {
    return this.#entries.reduce((sum, entry) => sum + entry.bytes.length - entry.written, 0);
  }

  /** Before this, input waits: it would reach the attach program's terminal before that is in raw mode. */
  open(): void {
    this.#isOpen = true;
    this.#write();
  }

  push(bytes: Uint8Array, onTaken: (count: number) => void = () => {}): void {
    this.#entries.push({ bytes, onTaken, written: 0 });
    if (this.#retryTimer === undefined) this.#write();
  }

  /** Drops what waits; it counts as taken. */
  clear(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    const dropped = this.#entries;
    this.#entries = [];
    for (const { bytes, written, onTaken } of dropped) onTaken(bytes.length - written);
  }

  #write(): void {
    this.#retryTimer = undefined;
    if (!this.#isOpen) return;
    for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
      const fd = this.#fd();
      if (fd === null) return;
      const piece = entry.bytes.subarray(entry.written, entry.written + PIECE_BYTES);
      const count = writeSome(fd, piece);
      entry.written += count;
      if (entry.written === entry.bytes.length) this.#entries.shift();
      if (count > 0) entry.onTaken(count);
      if (count < piece.length) {
        this.#retryLater(count > 0);
        return;
      }
      this.#retryMs = FIRST_RETRY_MS;
    }
  }

  #retryLater(hasMoved: boolean): void {
    this.#retryMs = hasMoved ? FIRST_RETRY_MS : Math.min(MAX_RETRY_MS, this.#retryMs * 2);
    this.#retryTimer = setTimeout(() => this.#write(), this.#retryMs);
  }
}

/** Bytes written; 0 when the pty takes none now. One that is about to close fails: the queue ends with its close. */
function writeSome(fd: number, piece: Uint8Array): number {
  try {
    return writeSync(fd, piece);
  } catch {
    return 0;
  }
}
