import type { LiveExercise, LiveLearner } from '#contract/class-live.ts';

/**
 * What a learner needs, the most urgent first: a lab that failed keeps from everything; a raised hand is a question; who
 * is stuck may not know it. Then come those who wait for a lab, and those who are here and do nothing.
 */
export const NEEDS = ['failed', 'hand', 'stuck', 'waiting', 'idle', 'none'] as const;
export type Need = (typeof NEEDS)[number];

export interface NeedSince {
  readonly need: Need;
  /** `null` for `none`. */
  readonly sinceMs: number | null;
}

/** Here, and so long without a sign of work. */
export const IDLE_MS = 5 * 60_000;

const NOTHING: NeedSince = { need: 'none', sinceMs: null };

export function needOf(learner: LiveLearner, exercises: readonly LiveExercise[], nowMs: number): NeedSince {
  const { labs, hand, trial, here, activeAtMs } = learner;
  const failed = labs.find(({ status }) => status.state === 'failed');
  if (failed) return { need: 'failed', sinceMs: failed.status.sinceMs };
  if (hand) return { need: 'hand', sinceMs: hand.sinceMs };
  // Who went home stuck is not helped now.
  if (trial?.stuckSinceMs != null && here) return { need: 'stuck', sinceMs: trial.stuckSinceMs };
  const waiting = labs.find(({ status }) => 'queue' in status && status.queue !== undefined);
  if (waiting) return { need: 'waiting', sinceMs: waiting.status.sinceMs };
  if (!here || activeAtMs === null || isDone(learner, exercises)) return NOTHING;
  return nowMs - activeAtMs >= IDLE_MS ? { need: 'idle', sinceMs: activeAtMs } : NOTHING;
}

export function needsHelp(need: Need): need is 'failed' | 'hand' | 'stuck' {
  return need === 'failed' || need === 'hand' || need === 'stuck';
}

export function passedCount({ cells }: LiveLearner, exercises: readonly LiveExercise[]): number {
  return exercises.filter(({ id }) => cells[id]?.state === 'passed').length;
}

/** Everything that the chapter asks for. */
export function isDone(learner: LiveLearner, exercises: readonly LiveExercise[]): boolean {
  const asked = exercises.filter(({ extra }) => !extra);
  return asked.length > 0 && passedCount(learner, asked) === asked.length;
}
