import { type CohortChange, type CohortView, DEFAULT_POLICIES, type JoinState } from '#contract/class-api.ts';
import { CohortId, type InstructorId, type LearnerId } from '#contract/ids.ts';
import { LabError } from '../lab-error.ts';
import type { Cohort, CohortStore, Enrolment, EnrolmentStore } from './class-stores.ts';
import { nameOf } from './read-name.ts';

export interface CohortParts {
  readonly store: CohortStore;
  readonly enrolments: EnrolmentStore;
  readonly newId: (length: number) => string;
  readonly newJoinCode: () => string;
  readonly nowMs: () => number;
  /** Something about it has been changed. */
  readonly onChange: (cohortId: CohortId) => void;
}

const MAX_COHORTS = 200;

/** Classes: who leads them, what is allowed in them, and whether they take learners now. */
export class Cohorts {
  readonly #parts: CohortParts;

  constructor(parts: CohortParts) {
    this.#parts = parts;
  }

  /** @throws {LabError} COHORT_UNKNOWN also for the cohort of somebody else: its existence is not told */
  ledBy(instructorId: InstructorId, id: string): Cohort {
    const parsed = CohortId.safeParse(id);
    const { store } = this.#parts;
    const cohort = parsed.success && store.isLedBy(parsed.data, instructorId) ? store.get(parsed.data) : null;
    if (cohort === null)
      throw new LabError('COHORT_UNKNOWN', `no cohort ${id} of instructor ${instructorId}`);
    return cohort;
  }

  listOf(instructorId: InstructorId): Cohort[] {
    return this.#parts.store.ledBy(instructorId);
  }

  /** The class that a learner is in; `null` in alone mode, and for who was removed. */
  ofLearner(learnerId: LearnerId): Cohort | null {
    const enrolment = this.#parts.enrolments.get(learnerId);
    return enrolment === null ? null : this.#parts.store.get(enrolment.cohortId);
  }

  /** A learner of this cohort. @throws {LabError} LEARNER_UNKNOWN */
  learner(cohort: Cohort, learnerId: LearnerId): Enrolment {
    const enrolment = this.#parts.enrolments.get(learnerId);
    if (enrolment === null || enrolment.cohortId !== cohort.id)
      throw new LabError('LEARNER_UNKNOWN', `no learner ${learnerId} in cohort ${cohort.id}`);
    return enrolment;
  }

  /** @throws {LabError} COHORT_LIMIT_REACHED and what is wrong with the name */
  create(instructorId: InstructorId, { name, seats }: { name: string; seats: number }): Cohort {
    const { store, newId, newJoinCode, nowMs } = this.#parts;
    const params = { limit: MAX_COHORTS };
    if (store.count() >= MAX_COHORTS)
      throw new LabError('COHORT_LIMIT_REACHED', `${MAX_COHORTS} cohorts exist`, { params });
    const cohort: Cohort = {
      id: CohortId.parse(newId(16)),
      name: nameOf(name),
      joinCode: newJoinCode(),
      joiningPaused: false,
      opensAtMs: null,
      closesAtMs: null,
      seats,
      policies: DEFAULT_POLICIES,
      createdAtMs: nowMs(),
    };
    store.add(cohort, instructorId);
    return cohort;
  }

  /** @throws {LabError} COHORT_TIMES_INVALID and what is wrong with the name */
  change(cohort: Cohort, change: CohortChange): Cohort {
    const { name, policies = {}, ...rest } = change;
    const changed: Cohort = {
      ...cohort,
      ...given(rest),
      name: name === undefined ? cohort.name : nameOf(name),
      policies: { ...cohort.policies, ...given(policies) },
    };
    const { opensAtMs, closesAtMs } = changed;
    if (opensAtMs !== null && closesAtMs !== null && closesAtMs <= opensAtMs)
      throw new LabError('COHORT_TIMES_INVALID', 'closes before it opens');
    this.#parts.store.save(changed);
    this.#parts.onChange(cohort.id);
    return changed;
  }

  /** The old code and link lead nowhere from now on; who has joined stays. */
  renewJoinCode(cohort: Cohort): Cohort {
    const changed = { ...cohort, joinCode: this.#parts.newJoinCode() };
    this.#parts.store.save(changed);
    return changed;
  }

  view(cohort: Cohort): CohortView {
    const seatsTaken = this.#parts.enrolments.seatsTaken(cohort.id);
    return { ...cohort, joining: joinState(cohort, seatsTaken, this.#parts.nowMs()), seatsTaken };
  }
}

/** What keeps a learner out comes before what might be waited for. */
export function joinState(cohort: Cohort, seatsTaken: number, nowMs: number): JoinState {
  const { opensAtMs, closesAtMs, joiningPaused, seats } = cohort;
  if (closesAtMs !== null && nowMs >= closesAtMs) return 'closed';
  if (opensAtMs !== null && nowMs < opensAtMs) return 'not-yet';
  if (joiningPaused) return 'paused';
  return seatsTaken >= seats ? 'full' : 'open';
}

/** What is there of a change; what is `undefined` stays as it was. */
function given<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
