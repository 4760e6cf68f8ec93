import { expect, test } from 'vitest';
import { answerTo } from '../../../../server/testing/recorded-answer.ts';
import { grade, readRecording, withService } from '../../../../server/testing/recordings.ts';

const EXERCISE = '14.3-manual';
const API = 'numbers_numbers-api';
const done = readRecording('numbers', 'rolled-back-by-hand');

/** As it stood between the rollback and the deployment after it. */
const justRolledBack = withService(done, API, (service) => ({
  ...service,
  previousSpec: { ...service.spec, image: 'numbers-api:v5' },
}));

test('the solution meets every check of state', async () => {
  const results = Object.values(await grade(EXERCISE, done)).filter((one) => one !== 'not-answered');
  expect(new Set(results)).toEqual(new Set(['passed']));
});

test('deploying v3 is no rollback', async () => {
  const history = done.history.filter(
    (entry) => entry.type !== 'update-state' || !entry.new?.startsWith('rollback'),
  );
  expect(await grade(EXERCISE, { ...done, history })).toMatchObject({ 'rolled-back': 'rollback-missing' });
});

test('a rollback to the same image went nowhere', async () => {
  const history = done.history.map((entry) =>
    entry.type === 'spec-changed' && entry.service.name === API && entry.seq > done.start.seq
      ? { ...entry, image: { old: entry.image.old, new: 'numbers-api:v5' } }
      : entry,
  );
  expect(await grade(EXERCISE, { ...done, history })).toMatchObject({ 'rolled-back': 'rollback-empty' });
});

test('the web service must follow', async () => {
  const left = withService(done, 'numbers_numbers-web', (service) => ({
    ...service,
    spec: { ...service.spec, image: 'numbers-web:v5' },
  }));
  expect(await grade(EXERCISE, left)).toMatchObject({ 'in-agreement': 'image-wrong' });
});

test.each([
  ['previous-spec', 'v5', 'passed'],
  ['previous-spec', 'v3', 'previous-wrong'],
  ['previous-spec', 'none', 'previous-wrong'],
  ['once-more', 'forward', 'passed'],
  ['once-more', 'refused', 'once-more-refused'],
  ['nothing-left', 'unchanged', 'passed'],
  ['nothing-left', 'v5', 'left-v5'],
])('%s = %s gets %s', async (check, typed, expected) => {
  expect(await answerTo(EXERCISE, check, typed, justRolledBack)).toBe(expected);
});

test('after another deployment the previous spec tells nothing any more', async () => {
  expect(await answerTo(EXERCISE, 'previous-spec', 'v5', done)).toBe('previous-same');
});
