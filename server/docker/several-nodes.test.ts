import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import type { EngineEvent } from '../ports.ts';
import { FakeEngine, json } from '../testing/fake-engine.ts';
import { withoutRepeats } from './event-repeats.ts';
import { SwarmObserver } from './swarm-observer.ts';

let folder: string;
let observer: SwarmObserver;
let engines: FakeEngine[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nodes-'));
  observer = new SwarmObserver();
  engines = [];
});

afterEach(async () => {
  observer.close();
  for (const engine of engines) await engine[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** One manager for each cluster id. */
async function start(...clusterIds: string[]): Promise<FakeEngine[]> {
  for (const [index, clusterId] of clusterIds.entries())
    engines.push(await FakeEngine.manager(folder, `node${index + 1}`, clusterId));
  return engines;
}

async function look(isolated?: ReadonlySet<string>): Promise<LabSnapshot & { tookMs: number }> {
  const from = performance.now();
  const nodes = engines.map(({ node }) => node);
  const snapshot = await observer.snapshot(nodes, AbortSignal.timeout(5_000), isolated);
  return { ...snapshot, tookMs: performance.now() - from };
}

test('each independent swarm is told once, by one of its managers', async () => {
  await start('c1', 'c2', 'c2');
  const { swarms } = await look();
  expect(swarms.map(({ clusterId, askedNode }) => [clusterId, askedNode])).toEqual([
    ['c1', 'node1'],
    ['c2', 'node2'],
  ]);
});

test('a frozen node is waited for once, and noticed again when it answers', async () => {
  const [frozen, other] = await start('c1', 'c1');
  frozen?.freeze();
  expect((await look()).labNodes.map(({ answers }) => answers)).toEqual([false, true]);
  const second = await look();
  expect(second.tookMs).toBeLessThan(300);
  expect(second.swarms).toMatchObject([{ askedNode: other?.node.name }]);
  await frozen?.[Symbol.asyncDispose]();
  engines[0] = await FakeEngine.manager(folder, 'node1', 'c1');
  await expect.poll(async () => (await look()).labNodes[0]?.answers, { timeout: 5_000 }).toBe(true);
});

test('without quorum a manager still tells its containers, and the wait for its cluster is not repeated', async () => {
  const [manager] = await start('c1');
  await look();
  manager?.loseQuorum();
  const first = await look();
  expect(first.tookMs).toBeLessThan(3_500);
  await look(); // waits for what the manager says of itself, once too
  const later = await look();
  expect(later.tookMs).toBeLessThan(300);
  for (const snapshot of [first, later]) {
    expect(snapshot.swarms).toEqual([]);
    expect(snapshot.labNodes[0]).toMatchObject({
      answers: true,
      swarmState: 'active',
      controlAvailable: true,
      clusterId: 'c1',
      swarmNodeId: 'id-node1',
      controlError: 'no answer within 2 s',
      containers: [{ id: 'c-node1', state: 'running' }],
    });
  }
});

test('the cluster is asked from another manager when one refuses', async () => {
  const [leaderless] = await start('c1', 'c1');
  const message = 'rpc error: The swarm does not have a leader.';
  leaderless?.loseQuorum(json({ message }, 500));
  const { swarms, labNodes } = await look();
  expect(swarms).toMatchObject([{ askedNode: 'node2' }]);
  expect(labNodes.map(({ controlError }) => controlError)).toEqual([message, null]);
});

test('the manager that answered last is asked first', async () => {
  const [first] = await start('c1', 'c1');
  if (first) first.answers['/nodes'] = json({ message: 'no' }, 500);
  await look();
  const asked = first?.calls.filter((path) => path === '/nodes').length;
  await look();
  expect(first?.calls.filter((path) => path === '/nodes')).toHaveLength(asked ?? 0);
});

test('an unplugged manager tells of the cluster only where no other can', async () => {
  const [, other] = await start('c1', 'c1');
  expect((await look()).swarms).toMatchObject([{ askedNode: 'node1' }]);
  const isolated = new Set(['node1']);
  expect((await look(isolated)).swarms).toMatchObject([{ askedNode: 'node2' }]);
  other?.loseQuorum(json({ message: 'The swarm does not have a leader.' }, 500));
  expect((await look(isolated)).swarms).toMatchObject([{ askedNode: 'node1' }]);
});

test("an event of the cluster is passed once, a container's by each node", () => {
  const seen: EngineEvent[] = [];
  const pass = withoutRepeats((event) => seen.push(event));
  const event: EngineEvent = {
    node: 'node1',
    atMs: 1,
    type: 'service',
    action: 'update',
    id: 's',
    attributes: {},
  };
  for (const node of ['node1', 'node2', 'node3']) {
    pass({ ...event, node });
    pass({ ...event, node, action: 'remove', atMs: Number(node.slice(4)) });
    pass({ ...event, node, type: 'container', action: 'start' });
  }
  pass({ ...event, atMs: 2 });
  expect(seen.map(({ type, action, atMs }) => `${type} ${action} ${atMs}`)).toEqual([
    'service update 1',
    'service remove 1',
    'container start 1',
    'container start 1',
    'container start 1',
    'service update 2',
  ]);
});
