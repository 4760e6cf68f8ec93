import { expect, test } from 'vitest';
import { rolloutsIn, SLICE_LIMIT, sliceOf } from './rollouts.ts';
import type { HistoryEntry, HistoryFact } from './swarm-history.ts';

const service = { id: 's', name: 'shop_api' };
const NO_SETTINGS = { updateConfig: null, rollbackConfig: null };

function history(...facts: (HistoryFact | null)[]): HistoryEntry[] {
  return facts.flatMap((fact, index) =>
    fact === null ? [] : [{ seq: index + 1, atMs: (index + 1) * 1_000, ...fact }],
  );
}

const created: HistoryFact = {
  type: 'service-created',
  service,
  image: 'api:v1',
  stackImage: null,
  replicas: 2,
  ...NO_SETTINGS,
};
const state = (old: string | null, now: string | null, message = ''): HistoryFact => ({
  type: 'update-state',
  service,
  old,
  new: now,
  message,
  source: 'event',
});
const spec = (old: string, now: string): HistoryFact => ({
  type: 'spec-changed',
  service,
  changed: ['image'],
  image: { old, new: now },
  replicas: { old: 2, new: 2 },
  stackImage: null,
  ...NO_SETTINGS,
});
const outcomes = (entries: HistoryEntry[]) =>
  rolloutsIn(entries).map(({ fromImage, toImage, outcome }) => [fromImage, toImage, outcome]);

test('an update is one rollout, and one that lasts has no end yet', () => {
  const begun = history(created, state(null, 'updating'), spec('api:v1', 'api:v2'));
  expect(outcomes(begun)).toEqual([['api:v1', 'api:v2', 'updating']]);
  expect(rolloutsIn(begun)[0]?.endedAtMs).toBeNull();
  const done = history(
    created,
    state(null, 'updating'),
    spec('api:v1', 'api:v2'),
    state('updating', 'completed'),
  );
  expect(rolloutsIn(done)).toMatchObject([{ outcome: 'completed', startedAtMs: 2_000, endedAtMs: 4_000 }]);
});

test('the way back that the engine takes belongs to the update; one by hand is a rollout of its own', () => {
  const failed = [
    ...[created, state(null, 'updating'), spec('api:v1', 'api:v2')],
    ...[state('updating', 'rollback_started'), spec('api:v2', 'api:v1')],
  ];
  expect(outcomes(history(...failed))).toEqual([['api:v1', 'api:v2', 'rolling-back']]);
  const back = history(...failed, state('rollback_started', 'rollback_completed'));
  expect(rolloutsIn(back)).toMatchObject([{ outcome: 'rolled-back', startedAtMs: 2_000, endedAtMs: 6_000 }]);
  const byHand = history(
    ...[created, state(null, 'updating'), spec('api:v1', 'api:v2'), state('updating', 'completed')],
    ...[state('completed', 'rollback_started'), spec('api:v2', 'api:v1')],
    state('rollback_started', 'rollback_completed'),
  );
  expect(outcomes(byHand)).toEqual([
    ['api:v1', 'api:v2', 'completed'],
    ['api:v2', 'api:v1', 'rolled-back'],
  ]);
});

test('a rollout ends where another deployment comes, or its service goes', () => {
  const begun = [created, state(null, 'updating'), spec('api:v1', 'api:v2')];
  expect(outcomes(history(...begun, spec('api:v2', 'api:v3')))).toEqual([
    ['api:v1', 'api:v2', 'superseded'],
    ['api:v2', 'api:v3', 'updating'],
  ]);
  const removed = rolloutsIn(history(...begun, { type: 'service-removed', service }));
  expect(removed).toMatchObject([{ outcome: 'superseded', endedAtMs: 4_000 }]);
});

test('services of any name stand for themselves', () => {
  const odd = { id: '__proto__', name: 'constructor' };
  const entries = history({ ...created, service: odd }, {
    ...state(null, 'updating'),
    service: odd,
  } as HistoryFact);
  expect(rolloutsIn(entries)).toMatchObject([{ service: odd, outcome: 'updating' }]);
});

test('a slice has what stood before, and no more than so much of what came', () => {
  const task = (taskId: string, now: string): HistoryFact => ({
    type: 'task-state',
    service,
    taskId,
    slot: 1,
    node: 'node1',
    image: 'api:v1',
    old: null,
    new: now,
    desired: 'running',
    error: null,
  });
  const noise = Array.from({ length: 3_000 }, (): HistoryFact => task('new', 'starting'));
  const entries = history(
    ...[
      created,
      task('old', 'starting'),
      task('gone', 'running'),
      task('gone', 'failed'),
      task('old', 'running'),
    ],
    ...[{ ...task('other', 'running'), service: { id: 'x', name: 'x' } } as HistoryFact],
    ...[state(null, 'updating'), ...noise],
  );
  const [rollout] = rolloutsIn(entries);
  const slice = sliceOf(entries, rollout!, Number.POSITIVE_INFINITY);
  expect(slice.length).toBeLessThanOrEqual(SLICE_LIMIT);
  const before = slice.filter(({ seq }) => seq < (rollout?.seq ?? 0));
  expect(before).toMatchObject([{ type: 'service-created' }, { taskId: 'old', new: 'running' }]);
});
