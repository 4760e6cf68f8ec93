import type { LinkView } from '#contract/class-api.ts';
import { nameKey, PASSPHRASE_MAX_CHARS, PASSPHRASE_MIN_CHARS } from '#contract/class-names.ts';
import { InstructorId } from '#contract/ids.ts';
import { LabError } from '../lab-error.ts';
import type { Instructor } from '../stores.ts';
import type { CohortStore, InstructorLink, InstructorStore } from './class-stores.ts';
import { nameOf } from './read-name.ts';
import { Tries } from './tries.ts';

/** Hashes of passphrases, slow on purpose. */
export interface Passphrases {
  hash(passphrase: string): Promise<string>;
  /** Takes as long when `stored` is `null`, which nothing fits. */
  fits(passphrase: string, stored: string | null): Promise<boolean>;
}

export interface InstructorParts {
  readonly store: InstructorStore;
  readonly cohorts: CohortStore;
  readonly passphrases: Passphrases;
  readonly newId: (length: number) => string;
  readonly nowMs: () => number;
}

interface Account {
  readonly name: string;
  readonly passphrase: string;
}

const MINUTE_MS = 60_000;
const BY_ADDRESS = {
  free: 10,
  firstWaitMs: 5_000,
  longestWaitMs: 15 * MINUTE_MS,
  forgetAfterMs: 60 * MINUTE_MS,
};
/** From many addresses. It holds for those that have failed: others can't keep an instructor out by trying in their name. */
const BY_NAME = { free: 10, firstWaitMs: 2_000, longestWaitMs: MINUTE_MS, forgetAfterMs: 30 * MINUTE_MS };

/** Who leads classes: signing in by name and passphrase, and the one-time links by which one becomes an instructor. */
export class Instructors {
  readonly #parts: InstructorParts;
  readonly #byAddress = new Tries(BY_ADDRESS);
  readonly #byName = new Tries(BY_NAME);

  constructor(parts: InstructorParts) {
    this.#parts = parts;
  }

  /**
   * An unknown name and a wrong passphrase get the same answer after the same time.
   * @throws {LabError} INSTRUCTOR_SIGN_IN_REFUSED, TOO_MANY_TRIES
   */
  async signIn({ name, passphrase }: Account, address: string): Promise<Instructor> {
    const { store, passphrases, nowMs } = this.#parts;
    const key = nameKey(name);
    this.#byAddress.check(address, nowMs());
    if (this.#byAddress.hasFailed(address, nowMs())) this.#byName.check(key, nowMs());
    // Counted before the slow part: many at once are not one.
    this.#byAddress.fail(address, nowMs());
    this.#byName.fail(key, nowMs());
    const found = store.find(name);
    if (!(await passphrases.fits(passphrase, found?.passphraseHash ?? null)) || found === null)
      throw new LabError('INSTRUCTOR_SIGN_IN_REFUSED', 'name or passphrase are wrong');
    this.#byAddress.forgive(address);
    this.#byName.forgive(key);
    return found.instructor;
  }

  /**
   * @param by who is signed in, and knows the passphrase that they have now
   * @throws {LabError} PASSPHRASE_WRONG, TOO_MANY_TRIES, and what is wrong with the new one
   */
  async changePassphrase(
    by: Instructor,
    { old, passphrase }: { readonly old: string; readonly passphrase: string },
  ): Promise<void> {
    const { store, passphrases, nowMs } = this.#parts;
    checkLength(passphrase);
    // A browser that was left alone must not become a way to guess.
    this.#byName.check(by.id, nowMs());
    this.#byName.fail(by.id, nowMs());
    const found = store.find(by.name);
    if (!(await passphrases.fits(old, found?.passphraseHash ?? null)) || found === null)
      throw new LabError('PASSPHRASE_WRONG', 'the present passphrase is wrong');
    this.#byName.forgive(by.id);
    store.setPassphrase(by.id, await passphrases.hash(passphrase));
  }

  /** What a link is for, without using it. @throws {LabError} INSTRUCTOR_LINK_INVALID, TOO_MANY_TRIES */
  lookAtLink(token: string, address: string): LinkView {
    const { purpose, cohort, instructor } = this.#link(token, address);
    return { purpose, cohort: cohort?.name ?? null, name: instructor?.name ?? null };
  }

  /**
   * Uses a link up: makes an instructor, gives one a new passphrase, or lets one into a cohort.
   * @param signedIn who accepts an invitation without an account of their own being made
   * @throws {LabError} INSTRUCTOR_LINK_INVALID, INSTRUCTOR_NAME_TAKEN, INSTRUCTOR_NOT_SIGNED_IN, and what is wrong
   *   with name or passphrase: the link is good afterwards
   */
  async useLink(
    token: string,
    use: { readonly account: Account | null; readonly signedIn: Instructor | null; readonly address: string },
  ): Promise<{ readonly instructor: Instructor; readonly link: InstructorLink }> {
    const { store, passphrases } = this.#parts;
    const link = this.#link(token, use.address);
    if (link.purpose === 'invite' && use.signedIn !== null && use.account === null)
      return { instructor: this.#enter(use.signedIn, this.#spend(token)), link };
    if (use.account === null) throw new LabError('INSTRUCTOR_NOT_SIGNED_IN', 'a link without an account');
    checkLength(use.account.passphrase);
    const name = link.instructor?.name ?? nameOf(use.account.name);
    if (link.instructor === null && store.find(name) !== null) throw nameTaken();
    const passphraseHash = await passphrases.hash(use.account.passphrase);
    if (link.instructor !== null) {
      this.#spend(token);
      store.setPassphrase(link.instructor.id, passphraseHash);
      return { instructor: link.instructor, link };
    }
    const instructor = { id: InstructorId.parse(this.#parts.newId(16)), name };
    // Between the look and here another window may have used the link, and somebody else taken the name.
    const spent = this.#spend(token);
    // Of the links that start and operator have made, the first one that is used is the one.
    if (spent.purpose === 'setup') store.forgetLinks('setup');
    if (!store.add(instructor, passphraseHash, this.#parts.nowMs())) throw nameTaken();
    return { instructor: this.#enter(instructor, spent), link };
  }

  #enter(instructor: Instructor, { cohort }: InstructorLink): Instructor {
    if (cohort !== null) this.#parts.cohorts.addInstructor(cohort.id, instructor.id, this.#parts.nowMs());
    return instructor;
  }

  #link(token: string, address: string): InstructorLink {
    const { store, nowMs } = this.#parts;
    this.#byAddress.check(address, nowMs());
    const link = store.findLink(token, nowMs());
    if (link !== null) return link;
    this.#byAddress.fail(address, nowMs());
    throw invalid();
  }

  #spend(token: string): InstructorLink {
    const link = this.#parts.store.useLink(token, this.#parts.nowMs());
    if (link === null) throw invalid();
    return link;
  }
}

function invalid(): LabError {
  return new LabError('INSTRUCTOR_LINK_INVALID', 'link unknown, used or expired');
}

function nameTaken(): LabError {
  return new LabError('INSTRUCTOR_NAME_TAKEN', 'an instructor has this name');
}

function checkLength(passphrase: string): void {
  const { length } = [...passphrase.normalize('NFKC')];
  const params = { min: PASSPHRASE_MIN_CHARS, max: PASSPHRASE_MAX_CHARS };
  if (length < params.min) throw new LabError('PASSPHRASE_TOO_SHORT', 'passphrase too short', { params });
  if (length > params.max) throw new LabError('PASSPHRASE_TOO_LONG', 'passphrase too long', { params });
}
