import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { LabNodeView, SwarmNode } from '#contract/swarm-snapshot.ts';
import {
  grade,
  outcomesOf,
  readRecording,
  withService,
  withSwarm,
} from '../../../../server/testing/recordings.ts';

const formed = readRecording('cluster', 'formed');
const judge = (context: CheckContext) => grade('14.4-form-swarm', context);

function withLabNode(name: string, change: (node: LabNodeView) => LabNodeView): CheckContext {
  const labNodes = formed.snapshot.labNodes.map((node) => (node.name === name ? change(node) : node));
  return { ...formed, snapshot: { ...formed.snapshot, labNodes } };
}

function withMember(name: string, parts: Partial<SwarmNode>): CheckContext {
  return withSwarm(formed, (swarm) => ({
    ...swarm,
    nodes: swarm.nodes.map((node) => (node.hostname === name ? { ...node, ...parts } : node)),
  }));
}

test('the solution meets every check', async () => {
  const outcomes = await outcomesOf('14.4-form-swarm', formed);
  expect(new Set(outcomes.map((outcome) => outcome.verdict))).toEqual(new Set(['passed']));
});

describe('a swarm that differs in one thing gets that thing named', () => {
  test.each<[string, CheckContext, Record<string, string>]>([
    [
      'a worker with the manager token',
      withMember('node5', { role: 'manager', reachability: 'reachable' }),
      { 'three-managers': 'managers-too-many' },
    ],
    [
      'a manager with the worker token',
      withMember('node2', { role: 'worker', reachability: null }),
      { 'three-managers': 'manager-missing' },
    ],
    [
      'a manager that can not be reached',
      withMember('node2', { reachability: 'unreachable' }),
      { 'three-managers': 'manager-not-reachable' },
    ],
    [
      'no leader in the list',
      withMember('node1', { leader: false }),
      { 'three-managers': 'manager-not-reachable' },
    ],
    ['a drained node', withMember('node4', { availability: 'drain' }), { 'all-active': 'node-not-active' }],
    ['a node that is down', withMember('node4', { state: 'down' }), { 'all-active': 'node-gone' }],
    ['a node that is coming', withMember('node4', { state: 'unknown' }), { 'all-active': 'node-not-ready' }],
    [
      'a node outside',
      withLabNode('node4', (node) => ({ ...node, swarmState: 'inactive', swarmNodeId: null })),
      { 'one-swarm': 'node-alone' },
    ],
    [
      'a node on its way',
      withLabNode('node4', (node) => ({ ...node, swarmState: 'pending' })),
      { 'one-swarm': 'node-joining' },
    ],
    [
      'a node of another swarm',
      withLabNode('node4', (node) => ({ ...node, swarmNodeId: 'stranger' })),
      { 'one-swarm': 'node-elsewhere' },
    ],
    [
      'a silent node',
      withLabNode('node4', (node) => ({ ...node, answers: false })),
      { 'one-swarm': 'node-silent', 'api-replicas': 'node-silent' },
    ],
  ])('%s', async (_what, context, expected) => {
    expect(await judge(context)).toMatchObject(expected);
  });

  test('v5 without its setting', async () => {
    const broken = withService(formed, 'numbers_numbers-api', (service) => ({
      ...service,
      spec: { ...service.spec, env: [] },
    }));
    expect(await judge(broken)).toMatchObject({ 'production-shape': 'broken-not-off' });
  });
});

describe('states in which nothing can be told are no fault of the learner', () => {
  const off = { ...formed.snapshot, swarms: [] };
  test.each<[string, CheckContext, string]>([
    [
      'nobody answers',
      {
        ...formed,
        snapshot: { ...off, labNodes: off.labNodes.map((node) => ({ ...node, answers: false })) },
      },
      'no-answer',
    ],
    ['members without a leader', { ...formed, snapshot: off }, 'no-leader'],
  ])('%s', async (_what, context, message) => {
    const outcomes = await outcomesOf('14.4-form-swarm', context);
    expect(outcomes[0]).toMatchObject({ verdict: 'errored', messageId: message });
    expect(outcomes.some((outcome) => outcome.verdict === 'failed')).toBe(false);
  });
});

test('a second swarm of one node does not take the place of ours', async () => {
  const stray = { ...formed.snapshot.swarms[0]!, clusterId: 'stray', nodes: [], services: [], tasks: [] };
  const snapshot = { ...formed.snapshot, swarms: [stray, ...formed.snapshot.swarms] };
  expect(await judge({ ...formed, snapshot })).toMatchObject({ 'stack-deployed': 'passed' });
});
