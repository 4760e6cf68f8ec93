import { nameKey } from '#contract/class-names.ts';
import { type CohortId, LearnerId } from '#contract/ids.ts';
import { LabError } from '../lab-error.ts';
import type { LoginConnections } from '../login-connections.ts';
import type { Learner, LoginStore } from '../stores.ts';
import type { Cohort, CohortStore, Enrolment, EnrolmentOnRoster, EnrolmentStore } from './class-stores.ts';
import { distinctName, nameOf } from './read-name.ts';

/** What happens to the labs of a learner who leaves or becomes part of another one. */
export interface LearnerLabs {
  closeAll(learnerId: LearnerId): Promise<void>;
  /** Ends those of `from` of which `to` has one, too: nobody has two of a kind. */
  closeDoubles(from: LearnerId, to: LearnerId): Promise<void>;
  /** The rest goes on as labs of `to`. */
  handOver(from: LearnerId, to: LearnerId): void;
}

export interface RosterParts {
  readonly store: EnrolmentStore;
  readonly cohorts: CohortStore;
  readonly logins: LoginStore;
  readonly loginConnections: LoginConnections;
  readonly labs: LearnerLabs;
  readonly newId: (length: number) => string;
  readonly newReturnCode: () => string;
  readonly nowMs: () => number;
  /** Learners have come or gone, or changed their names. */
  readonly onChange: (cohortId: CohortId) => void;
}

/** Who is in a cohort. Learners come in as `Cohorts.learner` has found them: of this cohort. */
export class Roster {
  readonly #parts: RosterParts;

  constructor(parts: RosterParts) {
    this.#parts = parts;
  }

  list(cohort: Cohort): EnrolmentOnRoster[] {
    return this.#parts.store.roster(cohort.id);
  }

  /** Seats with names for learners who come later. All of them, or none. @throws {LabError} JOIN_FULL and what is wrong with a name */
  addSeats(cohort: Cohort, names: readonly string[]): (Learner & { readonly returnCode: string })[] {
    const { store, newId, newReturnCode, nowMs, onChange } = this.#parts;
    const added = store.together(() => {
      const params = { seats: cohort.seats };
      if (store.seatsTaken(cohort.id) + names.length > cohort.seats)
        throw new LabError('JOIN_FULL', `${names.length} more seats than there are`, { params });
      const taken = new Set(store.nameKeys(cohort.id));
      return names.map((typed) => {
        const name = distinctName(nameOf(typed), taken);
        taken.add(nameKey(name));
        const learner = { id: LearnerId.parse(newId(16)), name, returnCode: newReturnCode() };
        store.add({ ...learner, cohortId: cohort.id, createdAtMs: nowMs(), joinedAtMs: null });
        return learner;
      });
    });
    onChange(cohort.id);
    return added;
  }

  /** @throws {LabError} LEARNER_NAME_TAKEN and what is wrong with the name */
  rename(learner: Enrolment, typed: string): void {
    const { store } = this.#parts;
    const name = nameOf(typed);
    const isOwn = nameKey(name) === nameKey(learner.name);
    if (!isOwn && store.nameKeys(learner.cohortId).has(nameKey(name)))
      throw new LabError('LEARNER_NAME_TAKEN', 'another learner of the cohort has this name');
    store.rename(learner.id, name);
    this.#parts.onChange(learner.cohortId);
  }

  /** `other` becomes part of `kept`: what they did is added up, labs go on, codes of both lead to `kept`. */
  async merge(kept: Enrolment, other: Enrolment): Promise<void> {
    if (kept.id === other.id)
      throw new LabError('LEARNER_UNKNOWN', 'a learner can not be merged with itself');
    const { store, labs, nowMs, onChange } = this.#parts;
    this.#signOut(other.id);
    await labs.closeDoubles(other.id, kept.id);
    // Somebody may have come in with the code of the other meanwhile.
    this.#signOut(other.id);
    labs.handOver(other.id, kept.id);
    store.merge(kept.id, other.id, nowMs());
    onChange(kept.cohortId);
  }

  /** Ends what the learner has open and frees the seat. */
  async remove(learner: Enrolment, data: 'keep' | 'delete'): Promise<void> {
    if (data === 'delete') return this.erase(learner.id);
    // First of all nobody comes back meanwhile.
    this.#parts.store.remove(learner.id, this.#parts.nowMs());
    this.#signOut(learner.id);
    this.#parts.onChange(learner.cohortId);
    await this.#parts.labs.closeAll(learner.id);
  }

  /** Ends the class with everything that is stored of it and its learners. */
  async deleteCohort({ id }: Cohort): Promise<void> {
    const { store, cohorts, labs } = this.#parts;
    const ids = store.everybody(id);
    for (const learnerId of ids) this.#signOut(learnerId);
    await Promise.all(ids.map((learnerId) => labs.closeAll(learnerId)));
    store.together(() => {
      for (const learnerId of ids) {
        this.#signOut(learnerId);
        store.erase(learnerId);
      }
      cohorts.remove(id);
    });
    this.#parts.onChange(id);
  }

  /** A learner with everything that is stored of them, in a class or alone. */
  async erase(learnerId: LearnerId): Promise<void> {
    const { store, labs, nowMs, onChange } = this.#parts;
    const cohortId = store.get(learnerId)?.cohortId;
    store.remove(learnerId, nowMs());
    this.#signOut(learnerId);
    await labs.closeAll(learnerId);
    this.#signOut(learnerId);
    store.erase(learnerId);
    if (cohortId !== undefined) onChange(cohortId);
  }

  #signOut(id: LearnerId): void {
    for (const loginId of this.#parts.logins.endSessionsOf(id)) this.#parts.loginConnections.end(loginId);
  }
}
