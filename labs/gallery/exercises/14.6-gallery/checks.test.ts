import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { SwarmService } from '#contract/swarm-snapshot.ts';
import { grade, outcomesOf, readRecording, withService } from '../../../../server/testing/recordings.ts';

const completed = readRecording('gallery', 'v2-completed');
const v1Ready = readRecording('gallery', 'v1-ready');
const IOTD = 'image-gallery_iotd';

const judge = (context: CheckContext) => grade('14.6-gallery', context);
const withIotd = (spec: Partial<SwarmService['spec']>) =>
  withService(completed, IOTD, (service) => ({ ...service, spec: { ...service.spec, ...spec } }));

test('the solution meets every check, questions apart, and says what was recorded', async () => {
  const outcomes = await outcomesOf('14.6-gallery', completed);
  const open = outcomes.filter(({ verdict }) => verdict !== 'passed');
  expect(open.map(({ id, messageId }) => [id, messageId])).toEqual([
    ['way-back', 'not-answered'],
    ['old-tasks', 'not-answered'],
  ]);
  const capacity = outcomes.find(({ id }) => id === 'capacity-kept');
  expect(capacity?.message?.en).toMatch(/^At least 4 replicas ran in all \d+ seconds/);
});

test('v1 with all settings is half the way: only the update is open', async () => {
  expect(await judge(v1Ready)).toMatchObject({
    'rollback-settings': 'passed',
    'front-end': 'passed',
    'v1-ready': 'passed',
    'images-v2': 'image-wrong',
    'capacity-kept': 'needs-earlier',
  });
});

test('replicas that stop first are seen in the history, though the settings are right by now', async () => {
  expect(await judge(readRecording('gallery', 'capacity-dropped'))).toMatchObject({
    'update-settings': 'passed',
    'v1-ready': 'passed',
    updated: 'update-settings-late',
    'capacity-kept': 'capacity-dropped',
  });
});

test('an update that went back leaves v1 ready for the next try', async () => {
  expect(await judge(readRecording('gallery', 'rolled-back'))).toMatchObject({
    'v1-ready': 'passed',
    'images-v2': 'rolled-back',
  });
});

describe('where the update began', () => {
  test('without a history nothing tells that v1 ever ran', async () => {
    expect(await judge({ ...completed, history: [] })).toMatchObject({ 'v1-ready': 'v1-skipped' });
  });

  test('another service of that name ran v1: it was removed', async () => {
    const service = { id: 'an-earlier-service', name: IOTD };
    const history = completed.history
      .filter((entry) => entry.type === 'service-created')
      .map((entry) => (entry.service.name === IOTD ? { ...entry, service } : entry));
    expect(await judge({ ...completed, history })).toMatchObject({ 'v1-ready': 'recreated' });
  });

  test('rollback settings that came with v2', async () => {
    const history = completed.history.map((entry) =>
      entry.type === 'service-created' ? { ...entry, rollbackConfig: null } : entry,
    );
    expect(await judge({ ...completed, history })).toMatchObject({ 'v1-ready': 'rollback-settings-late' });
  });

  test('v1 that had no health check', async () => {
    const history = completed.history.filter((entry) => entry.type !== 'health');
    expect(await judge({ ...completed, history })).toMatchObject({ 'v1-ready': 'v1-without-health' });
  });

  test('v1 that did not run yet', async () => {
    const history = completed.history.filter((entry) => entry.type !== 'task-state');
    expect(await judge({ ...completed, history })).toMatchObject({ 'v1-ready': 'v1-unfinished' });
  });
});

describe('settings that look right', () => {
  const { updateConfig, healthcheck } = completed.snapshot.swarms
    .flatMap(({ services }) => services)
    .find(({ name }) => name === IOTD)?.spec ?? { updateConfig: null, healthcheck: null };
  if (updateConfig === null || healthcheck === null) throw new Error('the recording lacks the settings');

  test('a monitor of 0s is the default of five seconds', async () => {
    const short = withIotd({ updateConfig: { ...updateConfig, monitorNs: null } });
    expect(await judge(short)).toMatchObject({ 'update-settings': 'monitor-short' });
  });

  test('watching that ends before the health check notices', async () => {
    const slow = withIotd({ healthcheck: { ...healthcheck, intervalNs: 5e9, retries: null } });
    expect(await judge(slow)).toMatchObject({
      healthcheck: 'passed',
      'update-settings': 'monitor-before-health',
    });
  });

  test('no interval is one of thirty seconds', async () => {
    const slow = withIotd({ healthcheck: { ...healthcheck, intervalNs: null } });
    expect(await judge(slow)).toMatchObject({ healthcheck: 'healthcheck-slow' });
  });
});
