import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { SwarmView } from '#contract/swarm-snapshot.ts';
import { grade, outcomesOf, readRecording } from '../../../../server/testing/recordings.ts';

const switched = readRecording('regions', 'region-switched');
const judge = (context: CheckContext) => grade('14.5-two-clusters', context);

const front = (swarm: SwarmView): boolean => swarm.services.some(({ name }) => name === 'front_front');

function withFront(change: (swarm: SwarmView) => SwarmView): CheckContext {
  const swarms = switched.snapshot.swarms.map((swarm) => (front(swarm) ? change(swarm) : swarm));
  return { ...switched, snapshot: { ...switched.snapshot, swarms } };
}

function withTarget(target: string): CheckContext {
  const env = [`TARGET=${target}`];
  return withFront((swarm) => ({
    ...swarm,
    services: swarm.services.map((service) => ({ ...service, spec: { ...service.spec, env } })),
    tasks: swarm.tasks.map((task) => ({ ...task, env })),
  }));
}

const without = (isLeftOut: (entry: HistoryEntry) => boolean): CheckContext => ({
  ...switched,
  history: switched.history.filter((entry) => !isLeftOut(entry)),
});

test('the solution meets every check that asks the swarms', async () => {
  const outcomes = await outcomesOf('14.5-two-clusters', switched);
  const state = outcomes.filter(({ id }) => id !== 'front-said' && id !== 'stretched');
  expect(new Set(state.map((outcome) => outcome.verdict))).toEqual(new Set(['passed']));
});

describe('what differs gets named', () => {
  test.each<[string, CheckContext, Record<string, string>]>([
    ['the front door still points at the lost region', withTarget('node2'), { switched: 'front-still-lost' }],
    ['it points at itself', withTarget('node3'), { 'front-door': 'front-target' }],
    ['there is none', withFront((swarm) => ({ ...swarm, services: [] })), { 'front-door': 'front-missing' }],
    ['it is starting', withFront((swarm) => ({ ...swarm, tasks: [] })), { 'front-door': 'front-starting' }],
    ['no power was cut', without((entry) => entry.type === 'power'), { 'region-cut': 'nothing-cut' }],
    [
      'the front door was turned before',
      without((entry) => entry.type === 'spec-changed' && entry.changed.includes('env')),
      { 'region-cut': 'front-was-elsewhere' },
    ],
  ])('%s', async (_what, context, expected) => {
    expect(await judge(context)).toMatchObject(expected);
  });
});

test.each(['frozen', 'unplugged'] as const)('a region that is %s is lost as well', async (condition) => {
  const history = switched.history.map((entry) =>
    entry.type === 'power' && !entry.on ? { ...entry, condition } : entry,
  );
  expect(await judge({ ...switched, history })).toMatchObject({ 'region-cut': 'passed' });
});

test('a region of which nothing is known can not be judged', async () => {
  const outcomes = await outcomesOf('14.5-two-clusters', { ...switched, history: [] });
  expect(outcomes[0]).toMatchObject({ verdict: 'errored', messageId: 'node-silent' });
  expect(outcomes.some((outcome) => outcome.verdict === 'failed')).toBe(false);
});

test('two nodes in one cluster', async () => {
  const labNodes = switched.snapshot.labNodes.map((node) => ({
    ...node,
    answers: true,
    clusterId: 'one',
    swarmState: 'active' as const,
  }));
  expect(await judge({ ...switched, snapshot: { ...switched.snapshot, labNodes } })).toMatchObject({
    'two-clusters': 'one-cluster',
  });
});
