import type { ApiTokenView, AttemptRecord, LearnerGrades } from '#contract/class-grades.ts';
import type { CohortId, InstructorId, LearnerId } from '#contract/ids.ts';
import type { Instructor } from '../../stores.ts';

/**
 * What a class has achieved. Learners who were removed with their data kept are in it, those who were merged into
 * another are part of that one, and seats that nobody has taken count as learners who did nothing.
 */
export interface GradeStore {
  /** The next learners by id. Each has the given exercises in their order, then others that they tried. */
  learners(
    cohortId: CohortId,
    exercises: readonly string[],
    page: { readonly after: LearnerId | null; readonly count: number },
  ): LearnerGrades[];
  /** The next attempts, in the order in which they were made. */
  attempts(cohortId: CohortId, page: { readonly after: number; readonly count: number }): AttemptRecord[];
}

/** A key that a request came with. */
export interface ApiToken extends ApiTokenView {
  readonly instructor: Instructor;
}

/** Tokens come in as the secret and are kept as hashes only. */
export interface ApiTokenStore {
  add(token: string, view: Omit<ApiTokenView, 'lastUsedAtMs'>, instructorId: InstructorId): void;
  /** Finds one that has not expired, and notes the use to the minute. */
  use(token: string, nowMs: number): ApiToken | null;
  /** Newest first, without those that have expired. */
  listOf(instructorId: InstructorId, nowMs: number): ApiTokenView[];
  /** @returns whether the instructor had such a key */
  revoke(instructorId: InstructorId, id: string): boolean;
}
