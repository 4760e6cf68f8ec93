import { expect, test } from 'vitest';
import { judged, missed, newTrial, stuckRule, stuckSince, type Trial, worked } from './trial.ts';

const MINUTE_MS = 60_000;
const RULE = stuckRule(6 * MINUTE_MS);

/** Somebody who types once a minute, from one minute to another. */
function typing(trial: Trial, fromMinute: number, toMinute: number): Trial {
  let now = trial;
  for (let minute = fromMinute; minute <= toMinute; minute++) now = worked(now, RULE, minute * MINUTE_MS);
  return now;
}
const stuckAt = (trial: Trial, minute: number) => stuckSince(trial, RULE, minute * MINUTE_MS);

test('six minutes of work without a step forward are stuck, from the beginning on', () => {
  const trial = typing(newTrial('14.1-deploy', 1, 0), 2, 8);
  expect(stuckAt(typing(newTrial('14.1-deploy', 1, 0), 2, 7), 7)).toBeNull();
  expect(stuckAt(trial, 8)).toBe(2 * MINUTE_MS);
});

test('a step forward begins the time anew, and falling back is none', () => {
  const forward = judged(typing(newTrial('14.1-deploy', 1, 0), 0, 5), 2, 5 * MINUTE_MS);
  expect(stuckAt(typing(forward, 6, 10), 10)).toBeNull();
  const back = judged(judged(typing(forward, 6, 10), 1, 10 * MINUTE_MS), 2, 10 * MINUTE_MS);
  expect(stuckAt(typing(back, 11, 11), 11)).toBe(5 * MINUTE_MS);
});

test('what is met before the first sign of work is no step', () => {
  const begun = typing(judged(newTrial('14.1-deploy', 1, 0), 3, 0), 1, 7);
  expect(begun.best).toBe(3);
  expect(stuckAt(begun, 7)).toBe(MINUTE_MS);
});

test('whoever has done nothing, or went away, is not stuck', () => {
  expect(stuckAt(newTrial('14.1-deploy', 1, 0), 60)).toBeNull();
  // Two minutes of the break count, however long it is.
  expect(stuckAt(typing(newTrial('14.1-deploy', 1, 0), 0, 3), 60)).toBeNull();
  expect(stuckAt(typing(newTrial('14.1-deploy', 1, 0), 0, 4), 60)).toBe(0);
});

test('three gradings in vain are stuck at once; a step forward forgets them', () => {
  const two = missed(missed(typing(newTrial('14.1-deploy', 1, 0), 0, 0), RULE, 1), RULE, 2);
  expect(stuckAt(two, 0)).toBeNull();
  expect(stuckAt(missed(two, RULE, 3), 0)).toBe(0);
  expect(stuckAt(missed(judged(two, 1, 3), RULE, 4), 0)).toBeNull();
});

test('a clock that is set back makes nobody stuck and nobody free', () => {
  const trial = typing(newTrial('14.1-deploy', 1, 0), 0, 6);
  expect(stuckSince(trial, RULE, 0)).toBe(0);
  expect(stuckSince(typing(newTrial('14.1-deploy', 1, 0), 3, 4), RULE, 0)).toBeNull();
});
