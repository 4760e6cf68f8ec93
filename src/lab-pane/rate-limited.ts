/** Passes on the first value at once and then at most one, the newest, per interval. */
export class RateLimited<T> {
  readonly #intervalMs: number;
  readonly #deliver: (value: T) => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #waiting: { value: T } | null = null;

  constructor(intervalMs: number, deliver: (value: T) => void) {
    this.#intervalMs = intervalMs;
    this.#deliver = deliver;
  }

  push(value: T): void {
    if (this.#timer) {
      this.#waiting = { value };
      return;
    }
    this.#deliver(value);
    this.#timer = setTimeout(() => this.#next(), this.#intervalMs);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = null;
  }

  #next(): void {
    this.#timer = null;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) this.push(waiting.value);
  }
}
