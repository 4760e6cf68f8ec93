import { describe, expect, test } from 'vitest';
import type { ServiceSpec, SwarmService, SwarmTask, UpdateConfig } from '#contract/swarm-snapshot.ts';
import { aService, aSnapshot, aSpec, aSwarm, aTask } from '../../../labs/kit/testing/swarm-builder.ts';
import { readRecording, withService } from '../../testing/recordings.ts';
import { sameWaits, updateWaits } from './update-waits.ts';

const STARTED_MS = 100_000;
const settings = (parts: Partial<UpdateConfig>): UpdateConfig => ({
  parallelism: 1,
  delayNs: null,
  monitorNs: null,
  failureAction: null,
  maxFailureRatio: 0,
  order: null,
  ...parts,
});

function updating(spec: Partial<ServiceSpec> = {}, parts: Partial<SwarmService> = {}): SwarmService {
  return aService({
    spec: aSpec({ image: 'api:v2', ...spec }),
    updateStatus: { state: 'updating', startedAtMs: STARTED_MS, completedAtMs: null, message: '' },
    ...parts,
  });
}

const fresh = (id: string, slot: number, parts: Partial<SwarmTask> = {}): SwarmTask =>
  aTask(id, { slot, image: 'api:v2', createdAtMs: STARTED_MS + 1, stateAtMs: STARTED_MS + 2_000, ...parts });
const old = (id: string, slot: number, parts: Partial<SwarmTask> = {}): SwarmTask =>
  aTask(id, { slot, ...parts });

function waits(service: SwarmService, tasks: SwarmTask[], nowMs = STARTED_MS + 3_000) {
  return updateWaits(aSnapshot(aSwarm({ services: [service], tasks })), nowMs)[0];
}

describe('on a real swarm', () => {
  test('an update one at a time waits for the first good probe of a new replica', () => {
    const { snapshot, nowMs } = readRecording('numbers', 'v2-updating');
    expect(updateWaits(snapshot, nowMs)).toEqual([
      {
        service: 'numbers_numbers-api',
        state: 'updating',
        reason: 'health',
        replaced: 1,
        total: 6,
        remainingMs: expect.closeTo(900, -2),
      },
    ]);
  });

  test('three new replicas start beside the old ones, the port is waited for', () => {
    const { snapshot, nowMs } = readRecording('numbers', 'v3-updating');
    expect(updateWaits(snapshot, nowMs)).toMatchObject([
      { service: 'numbers_numbers-api', reason: 'start', replaced: 3, total: 6 },
      { service: 'numbers_numbers-web', reason: 'stop', replaced: 0, total: 1 },
    ]);
  });

  test('the monitor window begins with the last new replica', () => {
    const { snapshot, nowMs } = readRecording('numbers', 'v3-monitored');
    const [api] = updateWaits(snapshot, nowMs);
    expect(api).toMatchObject({ reason: 'monitor', replaced: 6, total: 6 });
    expect(api?.remainingMs).toBeGreaterThan(8_000);
    expect(api?.remainingMs).toBeLessThan(20_000);
  });

  test.each(['v1-deployed', 'v2-paused', 'v2-completed'])('%s: nothing is waited for', (name) => {
    const { snapshot, nowMs } = readRecording('numbers', name);
    expect(updateWaits(snapshot, nowMs)).toEqual([]);
  });

  test('a monitor that is not set is five seconds', () => {
    const recording = readRecording('numbers', 'v3-monitored');
    const { snapshot } = withService(recording, 'numbers_numbers-api', (service) => ({
      ...service,
      spec: { ...service.spec, updateConfig: settings({ parallelism: 3 }) },
    }));
    const lastRun = Math.max(
      ...snapshot.swarms[0]!.tasks.filter((task) => task.desiredState === 'running').map((task) =>
        task.image.startsWith('numbers-api') ? task.stateAtMs : 0,
      ),
    );
    expect(updateWaits(snapshot, lastRun + 1_000)[0]).toMatchObject({
      reason: 'monitor',
      remainingMs: 4_000,
    });
  });
});

test('the place of an old task that ends is waited for', () => {
  const tasks = [
    old('task1', 1, { desiredState: 'shutdown' }),
    fresh('task2', 1, { desiredState: 'ready', state: 'ready' }),
    old('task3', 2),
  ];
  expect(waits(updating(), tasks)).toMatchObject({
    reason: 'stop',
    replaced: 0,
    total: 2,
    remainingMs: null,
  });
});

test('with start-first nobody waits for an old task', () => {
  const tasks = [old('task1', 1), fresh('task2', 1, { desiredState: 'ready', state: 'ready' })];
  expect(waits(updating({ updateConfig: settings({ order: 'start-first' }) }), tasks)).toMatchObject({
    reason: 'start',
  });
});

test('the pause between batches is counted down, after the last batch too', () => {
  const service = updating({ updateConfig: settings({ delayNs: 10e9, monitorNs: 15e9 }) });
  const first = [fresh('task1', 1), old('task2', 2)];
  expect(waits(service, first, STARTED_MS + 5_000)).toMatchObject({
    reason: 'delay',
    replaced: 1,
    remainingMs: 7_000,
  });
  expect(waits(service, first, STARTED_MS + 12_100)).toMatchObject({ reason: 'start', remainingMs: null });
  const both = [fresh('task1', 1), fresh('task2', 2)];
  expect(waits(service, both, STARTED_MS + 5_000)).toMatchObject({ reason: 'delay', remainingMs: 7_000 });
  expect(waits(service, both, STARTED_MS + 13_000)).toMatchObject({ reason: 'monitor', remainingMs: 14_000 });
  expect(waits(service, both, STARTED_MS + 60_000)).toMatchObject({ reason: 'monitor', remainingMs: 0 });
});

test('after a failure the restart is waited for', () => {
  const tasks = [
    fresh('task1', 1, { state: 'failed', desiredState: 'shutdown', stateAtMs: STARTED_MS + 4_000 }),
    fresh('task2', 1, { state: 'ready', desiredState: 'ready', createdAtMs: STARTED_MS + 4_000 }),
    old('task3', 2),
  ];
  expect(waits(updating(), tasks, STARTED_MS + 5_000)).toMatchObject({
    reason: 'restart',
    remainingMs: 4_000,
  });
});

test('a rollback obeys the settings of the spec that it goes back to', () => {
  const service = updating(
    {
      image: 'api:v1',
      rollbackConfig: settings({ monitorNs: 1e9 }),
      updateConfig: settings({ monitorNs: 60e9 }),
    },
    {
      updateStatus: { state: 'rollback_started', startedAtMs: STARTED_MS, completedAtMs: null, message: '' },
    },
  );
  const tasks = [old('task1', 1, { stateAtMs: 90_000 }), old('task2', 2, { stateAtMs: STARTED_MS + 2_500 })];
  expect(waits(service, tasks, STARTED_MS + 3_000)).toMatchObject({
    state: 'rollback_started',
    reason: 'monitor',
    replaced: 2,
    remainingMs: 500,
  });
});

test('a change that tasks do not show is told by their age', () => {
  const forced = updating({ image: 'api:v1', forceUpdate: 1 });
  const tasks = [
    aTask('task1', { createdAtMs: STARTED_MS + 1, stateAtMs: STARTED_MS + 2_000 }),
    old('task2', 2, { createdAtMs: 500 }),
  ];
  expect(waits(forced, tasks)).toMatchObject({ reason: 'start', replaced: 1, total: 2 });
});

test('time alone is no news', () => {
  const tasks = [fresh('task1', 1), fresh('task2', 2)];
  const at = (nowMs: number) =>
    updateWaits(aSnapshot(aSwarm({ services: [updating()], tasks })), STARTED_MS + nowMs);
  expect(sameWaits(at(3_000), at(5_000), 2_000)).toBe(true);
  expect(sameWaits(at(3_000), at(30_000), 27_000)).toBe(true);
  expect(sameWaits(at(3_000), at(5_000), 0)).toBe(false);
  expect(sameWaits(at(3_000), [], 0)).toBe(false);
});
