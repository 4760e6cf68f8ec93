import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { HistoryEntry, HistoryFact } from '#contract/swarm-history.ts';
import type { UpdateConfig } from '#contract/swarm-snapshot.ts';
import { quizCheck } from './define-check.ts';
import { capacityHeld, forcedAt, ranFullyAt, rolledBack, rolledOutUnder, updatedInPlace } from './proven.ts';
import { aService, aSnapshot, aSpec } from './testing/swarm-builder.ts';

const ref = { id: 'service1', name: 'shop_api' };
const settings: UpdateConfig = {
  parallelism: 3,
  delayNs: null,
  monitorNs: 20e9,
  failureAction: 'rollback',
  maxFailureRatio: 0,
  order: 'start-first',
};
const wanted = { parallelism: 3, order: 'start-first' };

function contextOf(...facts: HistoryFact[]): CheckContext {
  const history = facts.map(
    (fact, index): HistoryEntry => ({ atMs: (index + 1) * 1_000, seq: index + 1, ...fact }),
  );
  return { snapshot: aSnapshot(), history, start: { atMs: 0, seq: 0, serviceIds: {} }, nowMs: 99_000 };
}

const created = (image: string): HistoryFact => ({
  type: 'service-created',
  service: ref,
  image,
  stackImage: image,
  replicas: 6,
  updateConfig: null,
  rollbackConfig: null,
});
const spec = (
  old: string,
  now: string,
  updateConfig: UpdateConfig | null,
  changed = ['image'],
): HistoryFact => ({
  type: 'spec-changed',
  service: ref,
  changed,
  image: { old, new: now },
  replicas: { old: 6, new: 6 },
  stackImage: now,
  updateConfig,
  rollbackConfig: null,
});
const state = (old: string | null, now: string | null, message = ''): HistoryFact => ({
  type: 'update-state',
  service: ref,
  old,
  new: now,
  message,
  source: 'event',
});
const capacity = (byImage: Record<string, number>): HistoryFact => ({
  type: 'capacity',
  service: ref,
  running: Object.values(byImage).reduce((sum, count) => sum + count, 0),
  desired: 6,
  byImage,
});

describe('rolled out under settings', () => {
  const service = aService({ spec: aSpec({ image: 'api:v3', updateConfig: settings }) });
  const rollout = (config: UpdateConfig | null, end = 'completed'): HistoryFact[] => [
    created('api:v2'),
    state(null, 'updating'),
    spec('api:v2', 'api:v3', config),
    state('updating', end),
  ];
  const judge = (...facts: HistoryFact[]) => rolledOutUnder(contextOf(...facts), service, 'api:v3', wanted);

  test('passes with the moment of its end', () => {
    expect(judge(...rollout(settings))).toMatchObject({ verdict: 'passed', provenAtMs: 4_000 });
  });
  test.each<[string, HistoryFact[], string, string]>([
    ['never', [created('api:v3')], 'failed', 'rollout-missing'],
    ['settings afterwards', rollout(null), 'failed', 'rollout-settings-late'],
    ['under way', rollout(settings).slice(0, 3), 'pending', 'rollout-in-progress'],
    ['rolled back', rollout(settings, 'rollback_started'), 'failed', 'rollout-rolled-back'],
    ['paused', rollout(settings, 'paused'), 'failed', 'rollout-paused'],
  ])('%s', (_what, facts, verdict, message) => {
    expect(judge(...facts)).toMatchObject({ verdict, message });
  });
  test('other settings, then and now', () => {
    const other = { ...service, spec: aSpec({ updateConfig: null }) };
    expect(rolledOutUnder(contextOf(...rollout(null)), other, 'api:v3', wanted)).toMatchObject({
      message: 'rollout-settings-wrong',
      values: { field: 'parallelism', seen: '-', expected: '3' },
    });
  });
});

describe('rolled back', () => {
  const service = aService();
  const bad = [created('api:v3'), state(null, 'updating'), spec('api:v3', 'api:v5', settings)];
  const back = (message: string): HistoryFact[] => [
    ...bad,
    state('updating', 'rollback_started', message),
    spec('api:v5', 'api:v3', settings),
    state('rollback_started', 'rollback_completed'),
  ];
  const ENGINE = 'update rolled back due to failure or early termination of task abc';
  const HAND = 'manually requested rollback';
  const judge = (askedBy: 'engine' | 'hand', facts: HistoryFact[], seq = 0) => {
    const context = contextOf(...facts);
    const since = { ...context, start: { ...context.start, seq } };
    return rolledBack(since, service, { askedBy, from: 'api:v5', to: 'api:v3' });
  };

  test('as wanted, with its moment', () => {
    expect(judge('engine', back(ENGINE))).toMatchObject({ verdict: 'passed', provenAtMs: 6_000 });
    expect(judge('hand', back(HAND))).toMatchObject({ verdict: 'passed' });
  });
  test.each<[string, HistoryFact[], 'engine' | 'hand', string]>([
    ['never', bad, 'engine', 'rollback-missing'],
    ['by hand', back(HAND), 'engine', 'rollback-by-hand'],
    ['by the engine', back(ENGINE), 'hand', 'rollback-by-engine'],
    ['under way', back(ENGINE).slice(0, 4), 'engine', 'rollback-running'],
    [
      'to the same spec',
      [
        created('api:v5'),
        state(null, 'rollback_started', HAND),
        state('rollback_started', 'rollback_completed'),
      ],
      'hand',
      'rollback-empty',
    ],
  ])('%s', (_what, facts, askedBy, message) => {
    expect(judge(askedBy, facts)).toMatchObject({ message });
  });
  test('before the exercise began does not count', () => {
    expect(judge('engine', back(ENGINE), 9)).toMatchObject({ message: 'rollback-missing' });
  });
});

test('capacity that held tells how much there was', () => {
  const context = contextOf(
    capacity({ 'api:v2': 6 }),
    capacity({ 'api:v2': 6, 'api:v3': 3 }),
    capacity({ 'api:v3': 4 }),
  );
  expect(capacityHeld(context, ref, 6, { fromMs: 1_000, toMs: 2_500 })).toMatchObject({
    verdict: 'passed',
    message: 'capacity-held',
    values: { n: 6 },
  });
  expect(capacityHeld(context, ref, 6, { fromMs: 1_000, toMs: 3_000 })).toMatchObject({
    message: 'capacity-fell',
    values: { n: 4, expected: 6 },
  });
});

test('a version was out once all replicas ran it and nothing else', () => {
  const context = contextOf(
    capacity({ 'api:v1': 3 }),
    capacity({ 'api:v1': 6, 'api:v2': 1 }),
    capacity({ 'api:v1': 6 }),
  );
  expect(ranFullyAt(context, 'service1', 'api:v1', 6)).toBe(3_000);
  expect(ranFullyAt(context, 'service1', 'api:v2', 6)).toBeNull();
});

test('a forced update is found by the field that it counts up', () => {
  expect(forcedAt(contextOf(spec('api:v1', 'api:v1', null, ['forceUpdate'])), 'service1')).toBe(1_000);
  expect(forcedAt(contextOf(spec('api:v1', 'api:v2', null)), 'service1')).toBeNull();
});

test('a service that was made again is no update', () => {
  const context = contextOf();
  const start = { ...context.start, serviceIds: { shop_api: 'service0' } };
  expect(updatedInPlace({ ...context, start }, aService())).toMatchObject({ message: 'service-recreated' });
  expect(updatedInPlace(context, aService())).toMatchObject({ verdict: 'passed' });
});

test('every option of a question of theory has its reason', () => {
  const quiz = quizCheck('five', {
    right: 'two',
    reasons: { one: 'too-few', two: 'majority', three: 'too-many' },
  });
  expect(quiz).toMatchObject({
    kind: 'question',
    input: { type: 'choice', options: ['one', 'two', 'three'] },
  });
  expect(quiz.messages).toEqual(['too-few', 'majority', 'too-many']);
  expect(quiz.evaluate('two', contextOf())).toMatchObject({ verdict: 'passed', message: 'majority' });
  expect(quiz.evaluate('three', contextOf())).toMatchObject({ verdict: 'failed', message: 'too-many' });
});
