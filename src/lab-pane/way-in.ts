import type { Me } from '#contract/api.ts';
import type { ProblemCode } from '../api-client/lab-problem.ts';

/** Why somebody has no lab: alone by the launch link, in a class by joining, and never as an instructor. */
export type WayIn = 'NOT_SIGNED_IN' | 'NOT_JOINED' | 'LEARNERS_ONLY';

export function wayInto({ mode, instructor }: Pick<Me, 'mode' | 'instructor'>): WayIn {
  if (mode === 'alone') return 'NOT_SIGNED_IN';
  return instructor === null ? 'NOT_JOINED' : 'LEARNERS_ONLY';
}

export function isSignedOut(code: ProblemCode): boolean {
  return code === 'NOT_SIGNED_IN' || code === 'NOT_JOINED' || code === 'LEARNERS_ONLY';
}
