import { expect, test } from 'vitest';
import type { SwarmService } from '#contract/swarm-snapshot.ts';
import { answerTo } from '../../../../server/testing/recorded-answer.ts';
import { grade, readRecording, withService, withSwarm } from '../../../../server/testing/recordings.ts';

const EXERCISE = '14.3-fix';
const API = 'numbers_numbers-api';
const fixed = readRecording('numbers', 'v5-fixed');

const judge = (context: typeof fixed) => grade(EXERCISE, context);
const withApi = (change: (spec: SwarmService['spec']) => SwarmService['spec']): typeof fixed =>
  withService(fixed, API, (service) => ({ ...service, spec: change(service.spec) }));

test('the solution meets every check of state', async () => {
  const results = Object.values(await judge(fixed)).filter((one) => one !== 'not-answered');
  expect(new Set(results)).toEqual(new Set(['passed']));
});

test('the rolled back v5 of the exercise before', async () => {
  expect(await judge(readRecording('numbers', 'rolled-back-at-once'))).toMatchObject({
    'images-v5': 'image-wrong',
    'setting-in-spec': 'env-missing',
    'rolled-out': 'needs-earlier',
  });
});

test('another spelling is another value', async () => {
  expect(await judge(withApi((spec) => ({ ...spec, env: ['Broken=False '] })))).toMatchObject({
    'setting-in-spec': 'env-other',
  });
});

test('ways to get a bad version through are seen', async () => {
  const noHealth = withApi((spec) => ({ ...spec, healthcheck: { ...spec.healthcheck!, test: ['NONE'] } }));
  expect(await judge(noHealth)).toMatchObject({ 'production-kept': 'healthcheck-disabled' });
  const cut = withApi((spec) => ({ ...spec, updateConfig: { ...spec.updateConfig!, monitorNs: 1e9 } }));
  expect(await judge(cut)).toMatchObject({ 'update-settings': 'settings-wrong' });
  const ignored = withApi((spec) => ({
    ...spec,
    updateConfig: { ...spec.updateConfig!, failureAction: 'continue' },
  }));
  expect(await judge(ignored)).toMatchObject({ 'update-settings': 'settings-wrong' });
});

test('the tasks must carry the setting, not the spec alone', async () => {
  const old = withSwarm(fixed, (swarm) => ({
    ...swarm,
    tasks: swarm.tasks.map((task, index) => (index % 2 === 0 ? { ...task, env: [] } : task)),
  }));
  expect(await judge(old)).toMatchObject({ 'tasks-fixed': 'tasks-without-setting' });
});

test.each([
  ['string', 'passed'],
  ['style', 'quotes-style'],
])('why-quotes = %s gets %s', async (typed, expected) => {
  expect(await answerTo(EXERCISE, 'why-quotes', typed, fixed)).toBe(expected);
});
