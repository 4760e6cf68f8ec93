import { describe, expect, test } from 'vitest';
import { answerTo } from '../../../../server/testing/recorded-answer.ts';
import { grade, outcomesOf, readRecording } from '../../../../server/testing/recordings.ts';

const EXERCISE = '14.2-monitor-delay';
const measured = readRecording('numbers', 'monitor-and-delay');

test('both measurements are taken from the learner’s own record', async () => {
  const outcomes = await outcomesOf(EXERCISE, measured);
  const seen = (id: string) => outcomes.find((one) => one.id === id)?.seen as { gapSeconds: number };
  expect(seen('monitor-rollout').gapSeconds).toBeLessThan(6);
  expect(seen('delay-rollout').gapSeconds).toBeGreaterThan(11);
  expect(await grade(EXERCISE, measured)).toMatchObject({
    'back-to-v3': 'passed',
    'settings-restored': 'passed',
    'update-completed': 'passed',
    'replicas-healthy': 'passed',
  });
});

test('before anything was measured', async () => {
  expect(await grade(EXERCISE, readRecording('numbers', 'v3-completed'))).toMatchObject({
    'monitor-rollout': 'not-measured',
    'delay-rollout': 'not-measured',
    'back-to-v3': 'needs-earlier',
  });
});

test('settings without a task that changes leave no update to measure', async () => {
  const history = measured.history.filter((entry) => entry.type !== 'update-state');
  expect(await grade(EXERCISE, { ...measured, history })).toMatchObject({
    'monitor-rollout': 'not-measured',
  });
});

test('an update that was taken back measures nothing', async () => {
  const history = measured.history.map((entry) =>
    entry.type === 'update-state' && entry.old === 'updating' ? { ...entry, new: 'rollback_started' } : entry,
  );
  expect(await grade(EXERCISE, { ...measured, history })).toMatchObject({
    'monitor-rollout': 'measurement-broken',
  });
});

describe('answers', () => {
  test.each([
    ['monitor-gap', '15', 'gap-wrong'],
    ['monitor-gap', '4', 'passed'],
    ['monitor-gap', '3초', 'passed'],
    ['delay-gap', '10', 'gap-wrong'],
    ['delay-gap', '13', 'passed'],
    ['second-batch', 'when-running', 'passed'],
    ['second-batch', 'after-monitor', 'batch-after-monitor'],
  ])('%s = %s gets %s', async (check, typed, expected) => {
    expect(await answerTo(EXERCISE, check, typed, measured)).toBe(expected);
  });
});
