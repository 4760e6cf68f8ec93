import { expect, test } from 'vitest';
import type { LiveCell } from '#contract/class-live.ts';
import { IDLE_MS, isDone, needOf } from './need.ts';
import { aLab, aLearner, anExercise } from './testing/a-learner.ts';

const NOW_MS = 100_000_000;
const EXERCISES = [anExercise('14.1-deploy'), anExercise('14.3-paused', true)];
const PASSED: LiveCell = { state: 'passed', sinceMs: 1, attempts: 1 };
const FAILED = aLab({ state: 'failed', code: 'LAB_START_FAILED', params: {}, sinceMs: 5 });
const STUCK = {
  exercise: '14.1-deploy',
  sinceMs: 1,
  met: 0,
  total: 1,
  stuckSinceMs: 7,
  failing: null,
};
const HAND = { sinceMs: 6, exercise: null, takenBy: null };

const need = (more: Parameters<typeof aLearner>[1]) => needOf(aLearner('Kim', more), EXERCISES, NOW_MS);

test('a failed lab comes before a raised hand, that before being stuck', () => {
  expect(need({ labs: [FAILED], hand: HAND, trial: STUCK })).toEqual({ need: 'failed', sinceMs: 5 });
  expect(need({ hand: HAND, trial: STUCK })).toEqual({ need: 'hand', sinceMs: 6 });
  expect(need({ trial: STUCK })).toEqual({ need: 'stuck', sinceMs: 7 });
});

test('who went home stuck needs nothing now, but a hand stays up', () => {
  expect(need({ trial: STUCK, here: false }).need).toBe('none');
  expect(need({ hand: HAND, here: false }).need).toBe('hand');
});

test('waiting for a lab, and doing nothing for five minutes', () => {
  const queue = {
    position: 1,
    waiting: 2,
    lacks: 'memory',
    open: 3,
    expectedWaitMs: null,
    idleCloseMs: 1,
  } as const;
  const waiting = aLab({ state: 'provisioning', step: 'queued', sinceMs: 8, queue });
  expect(need({ labs: [waiting] })).toEqual({ need: 'waiting', sinceMs: 8 });
  expect(need({ activeAtMs: NOW_MS - IDLE_MS })).toEqual({ need: 'idle', sinceMs: NOW_MS - IDLE_MS });
  expect(need({ activeAtMs: NOW_MS - IDLE_MS + 1 }).need).toBe('none');
  expect(need({ activeAtMs: 0, here: false }).need).toBe('none');
  expect(need({ activeAtMs: 0, cells: { '14.1-deploy': PASSED } }).need).toBe('none');
});

test('done is everything that the chapter asks for', () => {
  expect(isDone(aLearner('Kim'), EXERCISES)).toBe(false);
  expect(isDone(aLearner('Kim', { cells: { '14.1-deploy': PASSED } }), EXERCISES)).toBe(true);
  expect(isDone(aLearner('Kim', { cells: { '14.3-paused': PASSED } }), EXERCISES)).toBe(false);
  expect(isDone(aLearner('Kim'), [])).toBe(false);
});
