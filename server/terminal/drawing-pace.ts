/** Handed over at once; then it is seen how long that took. */
const BATCH_LENGTH = 16 * 1024;
/** xterm stops for others between two writes only, and a few bytes can make it move every line that it has. */
const PIECE_LENGTH = 256;
/** Ordinary output of this length is drawn in two or three milliseconds. */
const SLOW_MS = 25;
/** What takes long is followed by a rest of so many times that: one terminal gets a quarter of the process at most. */
const REST_FACTOR = 3;
const MAX_REST_MS = 1000;

/** The part of xterm's terminal that draws. */
export interface DrawingTarget {
  write(data: Uint8Array | string, onDrawn?: () => void): void;
}

interface Entry {
  readonly data: Uint8Array | string;
  readonly onDrawn: () => void;
}

/** Draws output in order and in pieces, and lets the process breathe after pieces that cost much. */
export class DrawingPace {
  readonly #target: DrawingTarget;
  #entries: Entry[] = [];
  #isBusy = false;
  #restTimer: NodeJS.Timeout | undefined;

  constructor(target: DrawingTarget) {
    this.#target = target;
  }

  /** @param onDrawn called when everything up to here is drawn */
  write(data: Uint8Array | string, onDrawn: () => void): void {
    const batches = cut(data, BATCH_LENGTH);
    const last = batches.pop() ?? '';
    for (const batch of batches) this.#entries.push({ data: batch, onDrawn: () => {} });
    this.#entries.push({ data: last, onDrawn });
    this.#drawNext();
  }

  dispose(): void {
    clearTimeout(this.#restTimer);
    this.#entries = [];
    this.#isBusy = true;
  }

  #drawNext(): void {
    if (this.#isBusy) return;
    const entry = this.#entries.shift();
    if (entry === undefined) return;
    this.#isBusy = true;
    let startedMs = 0;
    this.#target.write('', () => {
      startedMs = performance.now();
    });
    for (const piece of cut(entry.data, PIECE_LENGTH)) this.#target.write(piece);
    this.#target.write('', () => {
      const tookMs = performance.now() - startedMs;
      entry.onDrawn();
      if (tookMs < SLOW_MS) this.#goOn();
      else this.#restTimer = setTimeout(() => this.#goOn(), Math.min(MAX_REST_MS, tookMs * REST_FACTOR));
    });
  }

  #goOn(): void {
    this.#isBusy = false;
    this.#drawNext();
  }
}

function cut(data: Uint8Array | string, length: number): (Uint8Array | string)[] {
  const pieces: (Uint8Array | string)[] = [];
  for (let at = 0; at < data.length; at += length) {
    pieces.push(typeof data === 'string' ? data.slice(at, at + length) : data.subarray(at, at + length));
  }
  return pieces;
}
