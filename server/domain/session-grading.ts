import type { ExerciseVerdict } from '#contract/api.ts';
import type { LabSessionId, LearnerId } from '#contract/ids.ts';
import type { LabNodeRef } from '../ports.ts';

/** Observation and grading of one generation of one lab session. */
export interface SessionGrading extends AsyncDisposable {
  /** Makes this the graded exercise; its start is remembered, also across a restart of the server. */
  activate(exerciseId: string): Promise<void>;
  /** The newest verdict of the active exercise; `null` before the first look at the swarm. */
  verdict(): ExerciseVerdict | null;
  /** Looks at the swarm now. */
  check(): Promise<ExerciseVerdict>;
  /** An answer of the wrong form is a verdict with a message, too. @throws {LabError} EXERCISE_UNKNOWN for a check without question */
  answer(checkId: string, answer: string): Promise<ExerciseVerdict>;
  suspend(): void;
  resume(): void;
}

export interface GradedSession {
  readonly labSessionId: LabSessionId;
  readonly learnerId: LearnerId;
  readonly labId: string;
  readonly generation: number;
  readonly nodes: readonly LabNodeRef[];
  readonly onVerdict: (verdict: ExerciseVerdict) => void;
  /** An exercise was passed for the first time. */
  readonly onProgress: () => void;
}

export type StartGrading = (session: GradedSession) => SessionGrading;
