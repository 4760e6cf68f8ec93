/** Token bucket: `perSecond` units flow in, at most `burst` are saved up. */
export class Allowance {
  readonly #perSecond: number;
  readonly #burst: number;
  #left: number;
  #atMs: number;

  constructor(options: { perSecond: number; burst: number }, nowMs: number) {
    this.#perSecond = options.perSecond;
    this.#burst = options.burst;
    this.#left = options.burst;
    this.#atMs = nowMs;
  }

  /** `false` when the cost is not covered. */
  spend(cost: number, nowMs: number): boolean {
    if (!this.covers(cost, nowMs)) return false;
    this.#left -= cost;
    return true;
  }

  /** Whether as much could be spent now. */
  covers(cost: number, nowMs: number): boolean {
    this.#left = Math.min(this.#burst, this.#left + ((nowMs - this.#atMs) / 1000) * this.#perSecond);
    this.#atMs = nowMs;
    return cost <= this.#left;
  }
}
