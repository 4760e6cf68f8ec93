import { LabError } from '../lab-error.ts';

export interface TryLimits {
  /** Wrong tries without a wait. */
  readonly free: number;
  /** The wait after the first one beyond; it doubles with each further. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Quiet for so long, and all is forgotten. */
  readonly forgetAfterMs: number;
}

const MAX_KEYS = 10_000;

/** Wrong tries by key, with waits that grow. Right ones cost nothing: a whole class may come from one address. */
export class Tries {
  readonly #limits: TryLimits;
  readonly #wrong = new Map<string, { count: number; lastAtMs: number }>();

  constructor(limits: TryLimits) {
    this.#limits = limits;
  }

  /** @throws {LabError} TOO_MANY_TRIES with the seconds that are left */
  check(key: string, nowMs: number): void {
    const waitMs = this.#waitMs(key, nowMs);
    if (waitMs <= 0) return;
    const params = { seconds: Math.ceil(waitMs / 1000) };
    throw new LabError('TOO_MANY_TRIES', 'too many wrong tries', { params });
  }

  hasFailed(key: string, nowMs: number): boolean {
    return this.#known(key, nowMs) !== undefined;
  }

  fail(key: string, nowMs: number): void {
    const count = (this.#known(key, nowMs)?.count ?? 0) + 1;
    this.#wrong.delete(key);
    this.#wrong.set(key, { count, lastAtMs: nowMs });
    const [oldest] = this.#wrong.keys();
    if (this.#wrong.size > MAX_KEYS && oldest !== undefined) this.#wrong.delete(oldest);
  }

  forgive(key: string): void {
    this.#wrong.delete(key);
  }

  #waitMs(key: string, nowMs: number): number {
    const known = this.#known(key, nowMs);
    const beyond = (known?.count ?? 0) - this.#limits.free;
    if (known === undefined || beyond < 0) return 0;
    const waitMs = Math.min(this.#limits.longestWaitMs, this.#limits.firstWaitMs * 2 ** beyond);
    // A clock that was put back must not make anybody wait longer than the wait.
    return Math.min(waitMs, known.lastAtMs + waitMs - nowMs);
  }

  #known(key: string, nowMs: number) {
    const known = this.#wrong.get(key);
    if (known !== undefined && nowMs - known.lastAtMs < this.#limits.forgetAfterMs) return known;
    this.#wrong.delete(key);
    return undefined;
  }
}
