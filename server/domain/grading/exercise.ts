import type { Check, StateCheck } from '#contract/check.ts';
import type { ExerciseText } from '#contract/definitions.ts';
import type { Language } from '#contract/language.ts';

/** An exercise as grading needs it. Where it was loaded from is not its business. */
export interface Exercise {
  readonly id: string;
  readonly revision: number;
  readonly checks: readonly Check[];
  /** How the swarm looks where the exercise begins; what does not pass is a difference. */
  readonly startChecks: readonly StateCheck[];
  /** `messages` hold those of the check kit too. */
  readonly texts: Readonly<Record<Language, ExerciseText>>;
}

/** Messages of the grader itself: every exercise has them. */
export const GRADER_MESSAGES = [
  'needs-earlier',
  'steady-wait',
  'check-error',
  'not-answered',
  'answer-empty',
  'answer-too-long',
  'answer-not-a-number',
  'answer-out-of-range',
  'answer-not-an-option',
] as const;
export type GraderMessage = (typeof GRADER_MESSAGES)[number];
