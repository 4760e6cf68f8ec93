import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';

/** A page that acknowledges nothing for this long no longer holds the shell back. */
export const STALL_MS = 5000;

/**
 * How far one page lags behind the shell, by its cumulative acknowledgements. Pure: offsets and times come from
 * outside. High and low water as ttyd and VS Code do it, in bytes instead of callbacks or characters.
 */
export class FlowControl {
  #ackedOffset: number;
  #isHolding = false;
  #progressAtMs: number;

  constructor(offset: number, nowMs: number) {
    this.#ackedOffset = offset;
    this.#progressAtMs = nowMs;
  }

  get ackedOffset(): number {
    return this.#ackedOffset;
  }

  /** Takes an ACK; `impossible` when it names bytes that were never sent. Old ones change nothing. */
  acknowledge(offset: number, sentOffset: number, nowMs: number): 'progress' | 'old' | 'impossible' {
    if (offset > sentOffset) return 'impossible';
    if (offset <= this.#ackedOffset) return 'old';
    this.#ackedOffset = offset;
    this.#progressAtMs = nowMs;
    return 'progress';
  }

  /** Starts afresh after a snapshot: what was on the way before it no longer counts. */
  restart(offset: number, nowMs: number): void {
    this.#ackedOffset = offset;
    this.#isHolding = false;
    this.#progressAtMs = nowMs;
  }

  /** Whether the shell must wait for this page: from high water on, until low water is reached. */
  mustHold(producedOffset: number, nowMs: number): boolean {
    const outstandingBytes = producedOffset - this.#ackedOffset;
    const isHolding =
      outstandingBytes > (this.#isHolding ? TERMINAL_LIMITS.lowWaterBytes : TERMINAL_LIMITS.highWaterBytes);
    if (isHolding && !this.#isHolding) this.#progressAtMs = nowMs;
    this.#isHolding = isHolding;
    return isHolding;
  }

  isStalled(nowMs: number): boolean {
    return this.#isHolding && nowMs - this.#progressAtMs >= STALL_MS;
  }
}
