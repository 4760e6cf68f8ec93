import { Allowance } from '../allowance.ts';
import { LabError } from '../lab-error.ts';
import { Tries } from './tries.ts';

/** A class types from one address, and some of it mistypes. */
const BY_ADDRESS = {
  free: 30,
  firstWaitMs: 10_000,
  longestWaitMs: 10 * 60_000,
  forgetAfterMs: 60 * 60_000,
};
/** Wrong codes of all addresses together: many machines that guess get no further than one. */
const IN_ALL = { perSecond: 2, burst: 300 };
const LATER_SECONDS = 30;

/** Keeps codes from being guessed, from one address and from many. */
export class CodeGuesses {
  readonly #nowMs: () => number;
  readonly #byAddress = new Tries(BY_ADDRESS);
  readonly #inAll: Allowance;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#inAll = new Allowance(IN_ALL, nowMs());
  }

  /**
   * @param find `null` for a wrong code
   * @throws {LabError} TOO_MANY_TRIES before anything is looked up
   */
  guess<T>(address: string, find: () => T | null): T | null {
    const nowMs = this.#nowMs();
    this.#byAddress.check(address, nowMs);
    // While many guess, who has not mistyped yet gets a try all the same: the class is not locked out by others.
    if (!this.#inAll.covers(1, nowMs) && this.#byAddress.hasFailed(address, nowMs)) {
      const params = { seconds: LATER_SECONDS };
      throw new LabError('TOO_MANY_TRIES', 'many wrong codes from everywhere', { params });
    }
    const found = find();
    if (found !== null) return found;
    this.#byAddress.fail(address, nowMs);
    this.#inAll.spend(1, nowMs);
    return null;
  }
}
