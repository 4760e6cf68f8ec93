/** The last bytes of a terminal's output, addressed by their offset since the terminal was opened. */
export class ReplayRing {
  readonly #bytes: Buffer;
  #endOffset: number;
  #heldBytes = 0;

  constructor(capacityBytes: number, startOffset = 0) {
    this.#bytes = Buffer.alloc(capacityBytes);
    this.#endOffset = startOffset;
  }

  /** Offset of the oldest byte that is still here. */
  get startOffset(): number {
    return this.#endOffset - this.#heldBytes;
  }

  /** Offset of the next byte to come. */
  get endOffset(): number {
    return this.#endOffset;
  }

  append(chunk: Uint8Array): void {
    const capacity = this.#bytes.length;
    const kept = chunk.length > capacity ? chunk.subarray(chunk.length - capacity) : chunk;
    const at = (this.#endOffset + chunk.length - kept.length) % capacity;
    const beforeWrap = Math.min(kept.length, capacity - at);
    this.#bytes.set(kept.subarray(0, beforeWrap), at);
    this.#bytes.set(kept.subarray(beforeWrap), 0);
    this.#endOffset += chunk.length;
    this.#heldBytes = Math.min(capacity, this.#heldBytes + chunk.length);
  }

  /** Whether everything from `offset` on can be replayed. */
  holds(offset: number): boolean {
    return offset >= this.startOffset && offset <= this.#endOffset;
  }

  /** Copies bytes [from, to) into `target` at `targetAt`. Both offsets must be held. */
  copy(from: number, to: number, target: Uint8Array, targetAt: number): void {
    if (!this.holds(from) || !this.holds(to) || to < from)
      throw new RangeError(`ring does not hold ${from}..${to}`);
    const at = from % this.#bytes.length;
    const beforeWrap = Math.min(to - from, this.#bytes.length - at);
    target.set(this.#bytes.subarray(at, at + beforeWrap), targetAt);
    target.set(this.#bytes.subarray(0, to - from - beforeWrap), targetAt + beforeWrap);
  }

  /** At most `maxBytes` of what came before `offset`. */
  before(offset: number, maxBytes: number): Buffer {
    const from = Math.max(this.startOffset, offset - maxBytes);
    const bytes = Buffer.alloc(offset - from);
    this.copy(from, offset, bytes, 0);
    return bytes;
  }
}
