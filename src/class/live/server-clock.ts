import { signal } from '@preact/signals';

/** A span in minutes is not worth more. */
const TICK_MS = 10_000;

/** The server's time, coarse: who shows how long something has been so follows it. */
export class ServerClock implements Disposable {
  readonly nowMs = signal(Date.now());
  #aheadMs = 0;
  readonly #timer = setInterval(() => this.#tick(), TICK_MS);

  set(aheadMs: number): void {
    if (aheadMs === this.#aheadMs) return;
    this.#aheadMs = aheadMs;
    this.#tick();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.nowMs.value = Date.now() + this.#aheadMs;
  }
}
