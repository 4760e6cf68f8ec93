import type { LearnerChange, LiveLearner } from '#contract/class-live.ts';

/** Fields of a learner that differ from those told before; `null` where none does. */
export function changeOf(before: LiveLearner | undefined, now: LiveLearner): LearnerChange | null {
  if (before === undefined) return now;
  const fields = Object.entries(now).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof LiveLearner]),
  );
  return fields.length === 0 ? null : { ...Object.fromEntries(fields), id: now.id };
}
