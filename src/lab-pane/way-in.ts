import type { Me } from '#contract/api.ts';
import type { ProblemCode } from '../api-client/lab-problem.ts';

/** Why somebody has no lab: alone by the launch link, in a class by joining or signing in. */
export type WayIn = 'NOT_SIGNED_IN' | 'NOT_JOINED';

export function wayInto({ mode }: Pick<Me, 'mode'>): WayIn {
  return mode === 'alone' ? 'NOT_SIGNED_IN' : 'NOT_JOINED';
}

export function isSignedOut(code: ProblemCode): boolean {
  return code === 'NOT_SIGNED_IN' || code === 'NOT_JOINED';
}
