import { Allowance } from './allowance.ts';

/** A token bucket per key. Of too many keys the longest unused is forgotten, which gives it a full bucket again. */
export class KeyedAllowance {
  readonly #options: { readonly perSecond: number; readonly burst: number };
  readonly #maxKeys: number;
  readonly #allowances = new Map<string, Allowance>();

  constructor(options: { readonly perSecond: number; readonly burst: number }, maxKeys = 10_000) {
    this.#options = options;
    this.#maxKeys = maxKeys;
  }

  /** `false` when the cost is not covered. */
  spend(key: string, cost: number, nowMs: number): boolean {
    const allowance = this.#allowances.get(key) ?? new Allowance(this.#options, nowMs);
    this.#allowances.delete(key);
    this.#allowances.set(key, allowance);
    const [oldest] = this.#allowances.keys();
    if (this.#allowances.size > this.#maxKeys && oldest !== undefined) this.#allowances.delete(oldest);
    return allowance.spend(cost, nowMs);
  }

  /** Whether as much could be spent now. */
  covers(key: string, cost: number, nowMs: number): boolean {
    return this.#allowances.get(key)?.covers(cost, nowMs) ?? true;
  }
}
