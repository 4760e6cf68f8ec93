/** What help keeps across restarts. `server/store/class/` implements these on SQLite. */
import type { Unlocked } from '#contract/class-help.ts';
import type { CohortId, InstructorId, LearnerId } from '#contract/ids.ts';
import type { Instructor } from '../../stores.ts';

export interface OpenHand {
  readonly learner: LearnerId;
  /** The learner's. */
  readonly name: string;
  readonly exercise: string | null;
  readonly words: string;
  readonly sinceMs: number;
  readonly takenBy: (Instructor & { readonly atMs: number }) | null;
}

export interface ClosedHand extends Omit<OpenHand, 'takenBy'> {
  /** `null`: the learner. */
  readonly by: string | null;
  readonly atMs: number;
}

/** A learner has one open hand at most. Those of learners who were removed are not found. */
export interface HandStore {
  /** In the order in which they were raised. */
  open(cohortId: CohortId): OpenHand[];
  /** Newest first. */
  answered(cohortId: CohortId, count: number): ClosedHand[];
  /** Of an open hand exercise and words change, and nothing else. */
  raise(learnerId: LearnerId, hand: { exercise: string | null; words: string; nowMs: number }): void;
  /** @param by `null`: nobody goes any more */
  take(learnerId: LearnerId, by: InstructorId | null, nowMs: number): void;
  /** @param by `null`: the learner */
  close(learnerId: LearnerId, by: InstructorId | null, nowMs: number): void;
  /** Removes those that were answered before. */
  prune(beforeMs: number): void;
}

export interface StoredMessage {
  readonly id: string;
  readonly by: string;
  readonly text: string;
  readonly atMs: number;
  readonly untilMs: number;
}

export interface MessageStore {
  add(cohortId: CohortId, message: StoredMessage, to: readonly LearnerId[] | null): void;
  /** Those that the learner has not read and that have not ended, oldest first, the newest so many. */
  unread(learner: { id: LearnerId; cohortId: CohortId }, nowMs: number, count: number): StoredMessage[];
  /** @returns `false` where there is no such message for the learner */
  setRead(learner: { id: LearnerId; cohortId: CohortId }, messageId: string, nowMs: number): boolean;
  /** Newest first. */
  sent(
    cohortId: CohortId,
    nowMs: number,
    count: number,
  ): (StoredMessage & {
    /** Names; `null`: everybody. */
    readonly to: string[] | null;
    readonly readers: number;
    readonly readBy: number;
  })[];
  /** @returns `false` where the cohort has no such message */
  remove(cohortId: CohortId, messageId: string): boolean;
  /** Keeps the newest so many of a cohort. */
  keepNewest(cohortId: CohortId, count: number): void;
  /** Removes those that have ended. */
  prune(nowMs: number): void;
}

export interface UnlockStore {
  ofCohort(cohortId: CohortId): Unlocked[];
  ofLearner(learnerId: LearnerId): Unlocked[];
  ofLearners(cohortId: CohortId): (Unlocked & { readonly learner: LearnerId })[];
  setForCohort(cohortId: CohortId, unlocked: Unlocked): void;
  setForLearner(learnerId: LearnerId, unlocked: Unlocked): void;
}
