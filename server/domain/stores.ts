/** What is kept across restarts, as the domain sees it. `server/store/` implements these on SQLite. */
import type { ExerciseProgress, ExerciseVerdict, KeptRollout, LabReason } from '#contract/api.ts';
import type { ExerciseStart } from '#contract/check.ts';
import type { InstructorId, LabSessionId, LearnerId } from '#contract/ids.ts';
import type { NodeConditions } from '#contract/node-condition.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { KeptAnswer } from './grading/kept-answer.ts';

export interface Learner {
  readonly id: LearnerId;
  readonly name: string;
}

export interface Instructor {
  readonly id: InstructorId;
  readonly name: string;
}

/** A browser's. It is one person's: a learner's or an instructor's. */
export type LoginSession = {
  /** Names it without opening it: not the token. */
  readonly id: string;
} & (
  | { readonly learner: Learner; readonly instructor: null }
  | { readonly learner: null; readonly instructor: Instructor }
);

/** Tokens come in as the secret and are kept as hashes only. */
export interface LoginStore {
  /** Longest life of a login session. */
  maxAgeMs(role: 'learner' | 'instructor'): number;
  /** The one learner of alone mode; made on first use. Learners of cohorts, and instructors', are others. */
  soleLearner(nowMs: number): Learner;
  addLaunchToken(token: string, learnerId: LearnerId, expiresAtMs: number): void;
  /** Links that were made before and not used lead nowhere any more. */
  forgetLaunchTokens(): void;
  /** True once per token, within its time. */
  useLaunchToken(token: string, nowMs: number): Learner | null;
  addLoginSession(token: string, learnerId: LearnerId, nowMs: number): void;
  addInstructorSession(token: string, instructorId: InstructorId, nowMs: number): void;
  /**
   * Finds the session and notes the visit; `null` when unknown or idle or old beyond the limits. In class mode only
   * learners of a cohort count, in alone mode no instructors.
   */
  findLoginSession(token: string, nowMs: number): LoginSession | null;
  /** Whether a session is still within its limits. Asking is no visit. */
  isAlive(loginId: string, nowMs: number): boolean;
  /** Notes that its learner is there. */
  touch(loginId: string, nowMs: number): void;
  endLoginSession(loginId: string): void;
  /** Signs somebody out everywhere, but for the session `except`. @returns the sessions that have ended: what they hold open must end, too */
  endSessionsOf(id: LearnerId | InstructorId, except?: string): string[];
}

export interface StoredLabSession {
  readonly id: LabSessionId;
  readonly learnerId: LearnerId;
  readonly labId: string;
  readonly environmentId: string | null;
  readonly generation: number;
  readonly state: 'provisioning' | 'ready' | 'paused' | 'resetting' | 'failed' | 'closed';
  readonly activeExerciseId: string | null;
  /** What the learner's switches have done to nodes. */
  readonly conditions: NodeConditions;
  /** Why it was paused or closed, where that was not its learner's doing. */
  readonly why: LabReason | null;
  /** Until then nobody's absence pauses or closes it. */
  readonly keepUntilMs: number | null;
  readonly createdAtMs: number;
}

export interface ClosedLabSession extends StoredLabSession {
  readonly closedAtMs: number;
}

export interface LabSessionStore {
  save(session: StoredLabSession, nowMs: number): void;
  /** Everything that is not closed. */
  listOpen(): StoredLabSession[];
  /** Of each lab this learner's newest session, where that was closed for a reason, and when. */
  listClosed(learnerId: LearnerId): ClosedLabSession[];
}

export interface StoredExercise {
  readonly start: ExerciseStart;
  /** Answers to live questions that were right, by check. */
  readonly answers: Readonly<Record<string, KeptAnswer | string>>;
}

export interface ExerciseStore {
  load(labSessionId: LabSessionId, generation: number, exerciseId: string): StoredExercise | null;
  save(labSessionId: LabSessionId, generation: number, exerciseId: string, exercise: StoredExercise): void;
}

export interface HistoryStore {
  append(labSessionId: LabSessionId, generation: number, entries: readonly HistoryEntry[]): void;
  load(labSessionId: LabSessionId, generation: number): HistoryEntry[];
  /** Entries behind this one, oldest first, no more than so many. */
  page(labSessionId: LabSessionId, generation: number, after: number, limit: number): HistoryEntry[];
  /** Number of the newest entry; 0 without any. */
  lastSeq(labSessionId: LabSessionId, generation: number): number;
  /** Earlier generations are no longer graded. */
  forgetBefore(labSessionId: LabSessionId, generation: number): void;
}

export interface Attempt {
  readonly learnerId: LearnerId;
  readonly exerciseId: string;
  readonly exerciseRevision: number;
  readonly labSessionId: LabSessionId;
  readonly trigger: 'button' | 'answer' | 'automatic';
  readonly verdict: ExerciseVerdict;
  readonly atMs: number;
}

/** An attempt as it was recorded. */
export interface RecordedAttempt extends Attempt {
  readonly id: number;
}

export interface ProgressStore {
  record(attempt: Attempt): void;
  /** Newest first, no more than so many. */
  attemptsOf(learnerId: LearnerId, limit: number): RecordedAttempt[];
  /** When the learner first passed it. */
  completedAtMs(learnerId: LearnerId, exerciseId: string): number | null;
  progress(learnerId: LearnerId): Map<string, ExerciseProgress>;
  /** @returns how many hints are shown now */
  showHints(learnerId: LearnerId, exerciseId: string, count: number): void;
  hintsShown(learnerId: LearnerId, exerciseId: string): number;
  showSolution(learnerId: LearnerId, exerciseId: string, nowMs: number): void;
}

/** Rollouts that are over, with the slice of the history that shows each; the oldest of a learner's make room. */
export interface RolloutStore {
  /** One that is there already stays as it is. */
  keep(learnerId: LearnerId, rollout: Omit<KeptRollout, 'id'>, entries: readonly HistoryEntry[]): void;
  /** Newest first. */
  listOf(learnerId: LearnerId): KeptRollout[];
  /** `null` for one that is gone, and for somebody else's. */
  find(learnerId: LearnerId, id: number): { rollout: KeptRollout; entries: HistoryEntry[] } | null;
}
