import { expect, test } from 'vitest';
import type { CheckResult, StateCheck } from '#contract/check.ts';
import { aSnapshot } from '../../../labs/kit/testing/swarm-builder.ts';
import { exerciseOf } from '../../testing/exercise-fixture.ts';
import { courseCatalog, readRecording, throwProblem } from '../../testing/recordings.ts';
import { compareStart } from './start-comparison.ts';

const check = (id: string, result: CheckResult, needs: string[] = []): StateCheck => ({
  kind: 'state',
  id,
  messages: ['wrong', 'count'],
  needs,
  evaluate: () => result,
});
const wrong: CheckResult = { verdict: 'failed', message: 'wrong' };
const met: CheckResult = { verdict: 'passed' };

function compare(...checks: StateCheck[]) {
  const context = {
    snapshot: aSnapshot(),
    history: [],
    start: { atMs: 0, seq: 0, serviceIds: {} },
    nowMs: 0,
  };
  return compareStart(exerciseOf([], '14.1-fixture', checks), context, throwProblem);
}

test('what does not pass is a difference, told once', () => {
  expect(compare(check('one', met))).toEqual({
    exercise: '14.1-fixture',
    verdict: 'same',
    differences: [],
  });
  expect(compare(check('one', wrong), check('two', wrong), check('three', met))).toMatchObject({
    verdict: 'differs',
    differences: [{ ko: '아니에요.', en: 'No.' }],
  });
});

test('what waits for a difference is none of its own', () => {
  expect(compare(check('one', wrong), check('two', met, ['one'])).differences).toHaveLength(1);
});

test('a swarm that is on its way is not there yet, a silent one can’t be compared', () => {
  const coming: CheckResult = { verdict: 'pending', message: 'count', values: { n: 3 } };
  expect(compare(check('one', coming))).toMatchObject({
    verdict: 'differs',
    differences: [{ en: 'There are 3.' }],
  });
  expect(compare(check('one', { ...wrong, verdict: 'errored' } as CheckResult)).verdict).toBe('errored');
});

test.each([
  ['untouched', '14.1-deploy', 'same'],
  ['v1-deployed', '14.1-deploy', 'differs'],
  ['v1-deployed', '14.1-health', 'same'],
  ['v2-updating', '14.1-health', 'differs'],
  ['v2-updating', '14.1-inspect', 'differs'],
  ['v2-completed', '14.1-inspect', 'same'],
])('%s is for %s: %s', async (recording, exerciseId, verdict) => {
  const exercise = (await courseCatalog()).exercise(exerciseId);
  const context = readRecording('numbers', recording);
  expect(exercise && compareStart(exercise, context, throwProblem)).toMatchObject({ verdict });
});
