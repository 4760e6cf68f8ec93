import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { SwarmNode } from '#contract/swarm-snapshot.ts';
import {
  grade,
  outcomesOf,
  readRecording,
  withService,
  withSwarm,
} from '../../../../server/testing/recordings.ts';

const drained = readRecording('cluster', 'drained');
const judge = (context: CheckContext) => grade('14.4-drain', context);

function withMember(name: string, parts: Partial<SwarmNode>): CheckContext {
  return withSwarm(drained, (swarm) => ({
    ...swarm,
    nodes: swarm.nodes.map((node) => (node.hostname === name ? { ...node, ...parts } : node)),
  }));
}

test('the solution meets every check that asks the swarm', async () => {
  const outcomes = await outcomesOf('14.4-drain', drained);
  const state = outcomes.filter((outcome) => outcome.id !== 'drained-manager');
  expect(new Set(state.map((outcome) => outcome.verdict))).toEqual(new Set(['passed']));
});

describe('a swarm that differs in one thing gets that thing named', () => {
  test.each<[string, CheckContext, Record<string, string>]>([
    ['paused', withMember('node5', { availability: 'pause' }), { 'node5-drained': 'node-paused' }],
    ['active', withMember('node5', { availability: 'active' }), { 'node5-drained': 'node-not-drained' }],
    ['stopped', withMember('node5', { state: 'down' }), { 'node5-drained': 'node-gone' }],
    [
      'demoted',
      withMember('node3', { role: 'worker', reachability: null }),
      { 'three-managers': 'manager-missing' },
    ],
    [
      'another one drained too',
      withMember('node4', { availability: 'drain' }),
      { 'others-active': 'node-not-active' },
    ],
  ])('%s', async (_what, context, expected) => {
    expect(await judge(context)).toMatchObject(expected);
  });

  test('a task that still runs there', async () => {
    const { id } = drained.snapshot.swarms[0]!.nodes.find((node) => node.hostname === 'node5')!;
    const stopping = withSwarm(drained, (swarm) => ({
      ...swarm,
      tasks: [
        { ...swarm.tasks[0]!, id: 'late', nodeId: id, state: 'running', desiredState: 'shutdown' },
        ...swarm.tasks,
      ],
    }));
    expect(await judge(stopping)).toMatchObject({ 'node5-drained': 'drain-tasks-left' });
  });

  test('fewer replicas', async () => {
    const fewer = withService(drained, 'numbers_numbers-api', (service) => ({
      ...service,
      spec: { ...service.spec, mode: { type: 'replicated', replicas: 3 } },
    }));
    expect(await judge(fewer)).toMatchObject({ 'api-replicas': 'replicas-spec' });
  });
});

test('without a leader nothing is said against anybody', async () => {
  const outcomes = await outcomesOf('14.4-drain', {
    ...drained,
    snapshot: { ...drained.snapshot, swarms: [] },
  });
  expect(outcomes.some((outcome) => outcome.verdict === 'failed')).toBe(false);
});
