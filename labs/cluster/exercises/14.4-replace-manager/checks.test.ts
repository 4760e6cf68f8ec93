import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { SwarmNode } from '#contract/swarm-snapshot.ts';
import { grade, outcomesOf, readRecording, withSwarm } from '../../../../server/testing/recordings.ts';

const replaced = readRecording('cluster', 'replaced');
const judge = (context: CheckContext) => grade('14.4-replace-manager', context);

function withMember(name: string, parts: Partial<SwarmNode>): CheckContext {
  return withSwarm(replaced, (swarm) => ({
    ...swarm,
    nodes: swarm.nodes.map((node) => (node.hostname === name ? { ...node, ...parts } : node)),
  }));
}

function withEntry(parts: Partial<SwarmNode>): CheckContext {
  return withSwarm(replaced, (swarm) => ({
    ...swarm,
    nodes: [...swarm.nodes, { ...swarm.nodes[0]!, ...parts }],
  }));
}

const departed = { id: 'old', hostname: 'node1', state: 'down', leader: false } as const;

test('the solution meets every check, and tells who leads now and since when', async () => {
  const outcomes = await outcomesOf('14.4-replace-manager', replaced);
  expect(new Set(outcomes.map((outcome) => outcome.verdict))).toEqual(new Set(['passed']));
  expect(outcomes[0]?.message?.en).toMatch(/elected a new leader, which is `node\d`/);
});

describe('a swarm that differs in one thing gets that thing named', () => {
  test.each<[string, CheckContext, Record<string, string>]>([
    [
      'the departed manager is listed',
      withEntry({ ...departed, role: 'manager', reachability: 'unreachable' }),
      { 'node1-removed': 'departed-listed' },
    ],
    [
      'it is demoted and listed',
      withEntry({ ...departed, role: 'worker', reachability: null }),
      { 'node1-removed': 'departed-dying' },
    ],
    [
      'node5 is listed twice',
      withEntry({ ...departed, hostname: 'node5' }),
      { 'node5-manager': 'joined-anew', 'node1-removed': 'entry-repeated' },
    ],
    [
      'node5 takes no tasks',
      withMember('node5', { availability: 'drain' }),
      { 'node5-manager': 'node-not-active' },
    ],
    [
      'node5 is a worker',
      withMember('node5', { role: 'worker', reachability: null }),
      { 'node5-manager': 'still-worker' },
    ],
    [
      'node5 does not vote yet',
      withMember('node5', { reachability: 'unknown' }),
      { 'node5-manager': 'manager-not-reachable' },
    ],
    [
      'a fourth manager',
      withMember('node4', { role: 'manager', reachability: 'reachable' }),
      { 'three-managers': 'managers-too-many' },
    ],
  ])('%s', async (_what, context, expected) => {
    expect(await judge(context)).toMatchObject(expected);
  });

  test('node1 never left, or came back', async () => {
    const back = withEntry({ ...departed, state: 'ready', id: 'back' });
    const labNodes = back.snapshot.labNodes.map((node) =>
      node.name === 'node1' ? { ...node, swarmState: 'active' as const, swarmNodeId: 'back' } : node,
    );
    const context = { ...back, snapshot: { ...back.snapshot, labNodes } };
    expect(await judge(context)).toMatchObject({ 'node1-left': 'came-back' });
    expect(await judge({ ...context, history: [] })).toMatchObject({ 'node1-left': 'still-member' });
  });
});

test('while a leader is elected nobody is told to begin a swarm', async () => {
  const outcomes = await outcomesOf('14.4-replace-manager', {
    ...replaced,
    snapshot: { ...replaced.snapshot, swarms: [] },
  });
  expect(outcomes[0]).toMatchObject({ verdict: 'errored', messageId: 'no-leader' });
  expect(outcomes.some((outcome) => outcome.verdict === 'failed')).toBe(false);
});
