import { expect, test } from 'vitest';
import { answerTo } from '../../../../server/testing/recorded-answer.ts';
import { grade, readRecording, withService } from '../../../../server/testing/recordings.ts';

const EXERCISE = '14.3-store-rollback';
const API = 'numbers_numbers-api';
const stored = readRecording('numbers', 'rollback-stored');

test('the solution meets every check of state', async () => {
  const results = Object.values(await grade(EXERCISE, stored)).filter((one) => one !== 'not-answered');
  expect(new Set(results)).toEqual(new Set(['passed']));
});

test('after the automatic rollback nothing is stored yet', async () => {
  expect(await grade(EXERCISE, readRecording('numbers', 'v5-rolled-back'))).toMatchObject({
    'rollback-settings': 'settings-missing',
    'images-v3': 'image-wrong',
  });
});

test('settings that came with v5 and left with it are told from those that never came', async () => {
  const gone = withService(stored, API, (service) => ({
    ...service,
    spec: { ...service.spec, rollbackConfig: null },
  }));
  expect(await grade(EXERCISE, gone)).toMatchObject({ 'rollback-settings': 'settings-vanished' });
});

test('`monitor: 0s` is stored as not set, and any window will do', async () => {
  const spec = stored.snapshot.swarms[0]?.services.find(({ name }) => name === API)?.spec;
  expect(spec?.rollbackConfig?.monitorNs).toBeNull();
  const short = withService(stored, API, (service) => ({
    ...service,
    spec: { ...service.spec, rollbackConfig: { ...service.spec.rollbackConfig!, monitorNs: 1e9 } },
  }));
  expect(await grade(EXERCISE, short)).toMatchObject({ 'rollback-settings': 'passed' });
});

test.each([
  ['replaced', '0', 'passed'],
  ['replaced', '6', 'replaced-wrong'],
  ['whose-settings', 'previous', 'passed'],
  ['whose-settings', 'new', 'whose-new'],
])('%s = %s gets %s', async (check, typed, expected) => {
  expect(await answerTo(EXERCISE, check, typed, stored)).toBe(expected);
});
