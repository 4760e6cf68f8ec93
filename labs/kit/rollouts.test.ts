import { describe, expect, test } from 'vitest';
import type { HistoryEntry, HistoryFact } from '#contract/swarm-history.ts';
import type { UpdateConfig } from '#contract/swarm-snapshot.ts';
import { rollbacksOf, rolloutsOf } from './rollouts.ts';

const service = { id: 'service1', name: 'shop_api' };
const settings: UpdateConfig = {
  parallelism: 3,
  delayNs: null,
  monitorNs: 20e9,
  failureAction: 'rollback',
  maxFailureRatio: 0,
  order: 'start-first',
};

function history(...facts: HistoryFact[]): HistoryEntry[] {
  return facts.map((fact, index) => ({ atMs: (index + 1) * 1_000, seq: index + 1, ...fact }));
}

const created = (image: string): HistoryFact => ({
  type: 'service-created',
  service,
  image,
  stackImage: image,
  replicas: 6,
  updateConfig: null,
  rollbackConfig: null,
});

const spec = (old: string, now: string, updateConfig: UpdateConfig | null = null): HistoryFact => ({
  type: 'spec-changed',
  service,
  changed: ['image'],
  image: { old, new: now },
  replicas: { old: 6, new: 6 },
  stackImage: now,
  updateConfig,
  rollbackConfig: updateConfig,
});

const state = (old: string | null, now: string | null, message = ''): HistoryFact => ({
  type: 'update-state',
  service,
  old,
  new: now,
  message,
  source: 'event',
});

const failedTask = (image: string): HistoryFact => ({
  type: 'task-state',
  service,
  taskId: 'task1',
  slot: 1,
  node: 'node1',
  image,
  old: 'running',
  new: 'failed',
  desired: 'shutdown',
  error: 'task: non-zero exit (137): dockerexec: unhealthy container',
});

describe('rollouts', () => {
  test('carry the settings that were in force until their end', () => {
    const [rollout] = rolloutsOf(
      history(
        created('api:v2'),
        state(null, 'updating'),
        spec('api:v2', 'api:v3', settings),
        state('updating', 'completed'),
      ),
      'service1',
    );
    expect(rollout).toMatchObject({
      outcome: 'completed',
      fromImage: 'api:v2',
      toImage: 'api:v3',
      updateConfig: settings,
      startedAtMs: 2_000,
      endedAtMs: 4_000,
    });
  });

  test('know that settings came in a later deployment', () => {
    const rollouts = rolloutsOf(
      history(
        created('api:v2'),
        state(null, 'updating'),
        spec('api:v2', 'api:v3'),
        state('updating', 'completed'),
        state('completed', null),
        spec('api:v3', 'api:v3', settings),
      ),
      'service1',
    );
    expect(rollouts).toMatchObject([{ toImage: 'api:v3', updateConfig: null, outcome: 'completed' }]);
  });

  test('whose spec shows before their state are read alike', () => {
    const [, rollout] = rolloutsOf(
      history(
        created('api:v1'),
        state(null, 'updating'),
        spec('api:v1', 'api:v2'),
        state('updating', 'completed'),
        state('completed', null),
        spec('api:v2', 'api:v3', settings),
        state(null, 'updating'),
        state('updating', 'completed'),
      ),
      'service1',
    );
    expect(rollout).toMatchObject({ fromImage: 'api:v2', toImage: 'api:v3', updateConfig: settings });
  });

  test('are superseded by another image also where the state stays the same', () => {
    const [first, second] = rolloutsOf(
      history(
        created('api:v3'),
        state(null, 'updating'),
        spec('api:v3', 'api:v2', settings),
        spec('api:v2', 'api:v3', { ...settings, delayNs: 10e9 }),
        state('updating', 'completed'),
      ),
      service.id,
    );
    expect(first).toMatchObject({
      fromImage: 'api:v3',
      toImage: 'api:v2',
      outcome: 'superseded',
      endedAtMs: 4_000,
    });
    expect(first?.updateConfig?.delayNs).toBeNull();
    expect(second).toMatchObject({
      fromImage: 'api:v2',
      toImage: 'api:v3',
      outcome: 'completed',
      startedAtMs: 4_000,
    });
    expect(second?.updateConfig?.delayNs).toBe(10e9);
  });

  test('are superseded by a quick second deployment', () => {
    const rollouts = rolloutsOf(
      history(
        created('api:v3'),
        state(null, 'updating'),
        spec('api:v3', 'api:v5'),
        state('updating', null),
        spec('api:v5', 'api:v2'),
        state(null, 'updating'),
      ),
      'service1',
    );
    expect(rollouts).toMatchObject([
      { outcome: 'superseded', toImage: 'api:v5' },
      { outcome: 'updating', fromImage: 'api:v5', toImage: 'api:v2', endedAtMs: null },
    ]);
  });
});

const BY_ENGINE = 'update rolled back due to failure or early termination of task abc';

describe('rollbacks', () => {
  const bad = [created('api:v3'), state(null, 'updating'), spec('api:v3', 'api:v5', settings)];

  test('by the engine end the update, and are timed from event to event', () => {
    const entries = history(
      ...bad,
      state('updating', 'rollback_started', BY_ENGINE),
      spec('api:v5', 'api:v3', settings),
      state('rollback_started', 'rollback_completed'),
    );
    expect(rolloutsOf(entries, 'service1')).toMatchObject([{ outcome: 'rolled-back', toImage: 'api:v5' }]);
    expect(rollbacksOf(entries, 'service1')).toMatchObject([
      {
        askedBy: 'engine',
        state: 'completed',
        fromImage: 'api:v5',
        toImage: 'api:v3',
        durationMs: 2_000,
        rollbackConfig: settings,
      },
    ]);
  });

  test('get their message with a later look', () => {
    const entries = history(
      ...bad,
      state('updating', 'rollback_started'),
      spec('api:v5', 'api:v3'),
      state('rollback_started', 'rollback_started', BY_ENGINE),
    );
    expect(rollbacksOf(entries, 'service1')).toMatchObject([
      { askedBy: 'engine', state: 'rolling-back', completedAtMs: null },
    ]);
  });

  test('without message are told by what came before', () => {
    const rollback = [
      state('updating', 'rollback_started'),
      spec('api:v5', 'api:v3'),
      state('rollback_started', 'rollback_completed'),
    ];
    const failed = history(...bad, failedTask('api:v5'), ...rollback);
    expect(rollbacksOf(failed, 'service1')).toMatchObject([{ askedBy: 'engine' }]);
    const impatient = history(...bad, ...rollback);
    expect(rollbacksOf(impatient, 'service1')).toMatchObject([{ askedBy: 'hand' }]);
  });

  test('by hand say so, also where there is nothing to go back to', () => {
    const entries = history(
      created('api:v5'),
      state(null, 'rollback_started', 'manually requested rollback'),
      state('rollback_started', 'rollback_completed'),
    );
    expect(rollbacksOf(entries, 'service1')).toMatchObject([
      { askedBy: 'hand', fromImage: 'api:v5', toImage: 'api:v5', durationMs: 1_000 },
    ]);
  });
});
