import { expect, test } from 'vitest';
import { answerTo } from '../../../../server/testing/recorded-answer.ts';
import { grade, outcomesOf, readRecording } from '../../../../server/testing/recordings.ts';

const EXERCISE = '14.3-fast-rollback';
const back = readRecording('numbers', 'rolled-back-at-once');

test('six tasks began together, and the time that it took is told', async () => {
  const outcomes = (await outcomesOf(EXERCISE, back)).filter((one) => one.messageId !== 'not-answered');
  expect(new Set(outcomes.map((one) => one.verdict))).toEqual(new Set(['passed']));
  const together = outcomes.find((one) => one.id === 'came-back-together');
  expect(together?.seen).toMatchObject({ starts: 6 });
  expect(together?.message?.en).toMatch(/^\d seconds after/);
});

test('the usual update leaves nothing to see', async () => {
  const history = back.history.map((entry) =>
    entry.type === 'spec-changed' && entry.updateConfig?.order === 'stop-first'
      ? { ...entry, updateConfig: { ...entry.updateConfig, order: 'start-first' } }
      : entry,
  );
  expect(await grade(EXERCISE, { ...back, history })).toMatchObject({
    'all-at-once': 'not-all-at-once',
    'came-back-together': 'needs-earlier',
  });
});

test('a rollback without stored settings is not the one asked for', async () => {
  const history = back.history.map((entry) =>
    entry.type === 'spec-changed' ? { ...entry, rollbackConfig: null } : entry,
  );
  expect(await grade(EXERCISE, { ...back, history })).toMatchObject({ 'came-back-together': 'not-together' });
});

test('the rollback of the exercise before does not count', async () => {
  const later = { ...back, start: { ...back.start, seq: 1e9 } };
  expect(await grade(EXERCISE, later)).toMatchObject({ 'v5-deployed': 'v5-not-deployed' });
});

test.each([
  ['fewest', '0', 'passed'],
  ['fewest', '6', 'fewest-wrong'],
  ['settings-with-v5', 'gone', 'passed'],
  ['settings-with-v5', 'merged', 'with-v5-merged'],
])('%s = %s gets %s', async (check, typed, expected) => {
  expect(await answerTo(EXERCISE, check, typed, back)).toBe(expected);
});
