import { describe, expect, test } from 'vitest';
import { MAP_LIMITS, SwarmMap } from '#contract/swarm-map.ts';
import type { LabNodeView, LabSnapshot, SwarmView } from '#contract/swarm-snapshot.ts';
import { aNode, aService, aSnapshot, aSpec, aSwarm, aTask } from '../../../labs/kit/testing/swarm-builder.ts';
import { remember } from '../history/merge-facts.ts';
import { sameMap, swarmMap } from './swarm-map.ts';

const NOW_MS = 100_000;
const [shape] = aSnapshot().labNodes;
const node = (name: string, parts: Partial<LabNodeView> = {}): LabNodeView => ({
  ...shape!,
  name,
  swarmNodeId: name,
  containers: [],
  ...parts,
});
const silent = (name: string): LabNodeView =>
  node(name, { answers: false, swarmNodeId: null, clusterId: null, swarmState: 'inactive' });

function snapshotOf(labNodes: LabNodeView[], swarms: SwarmView[], takenAtMs = NOW_MS): LabSnapshot {
  return { takenAtMs, labNodes, swarms };
}

/** The map after these looks, one after the other. */
function mapAfter(...looks: LabSnapshot[]): SwarmMap {
  let remembered: LabSnapshot | null = null;
  let map: SwarmMap | null = null;
  for (const snapshot of looks) {
    remembered = remember(remembered, snapshot);
    map = swarmMap({ snapshot, remembered, before: map });
  }
  return SwarmMap.parse(map);
}

const taskIds = (map: SwarmMap): (string | undefined)[] =>
  map.swarms.flatMap(({ tasks }) => tasks.map(({ id }) => id));
const mapOfTasks = (...tasks: SwarmView['tasks']): SwarmMap =>
  mapAfter(snapshotOf([node('node1')], [aSwarm({ tasks })]));

test('a lab that is in no swarm shows its nodes and nothing else', () => {
  const alone = node('node1', { swarmState: 'inactive', swarmNodeId: null, clusterId: null });
  expect(mapAfter(snapshotOf([alone], []))).toEqual({
    takenAtMs: NOW_MS,
    labNodes: [{ name: 'node1', silentSinceMs: null, swarmState: 'inactive', clusterId: null, running: [] }],
    swarms: [],
  });
});

test('services say what they want and what they run; a digest is not part of the image’s name', () => {
  const service = aService({
    spec: aSpec({ image: 'api:v2@sha256:0', mode: { type: 'replicated', replicas: 3 } }),
  });
  const map = mapAfter(snapshotOf([node('node1')], [aSwarm({ services: [service] })]));
  expect(map.swarms[0]?.services[0]).toMatchObject({
    image: 'api:v2',
    stack: 'shop',
    desired: 3,
    running: 2,
  });
});

describe('health', () => {
  const containers = [{ id: 'c', taskId: 'task1', state: 'running', health: 'starting' } as const];
  const swarm = aSwarm({
    nodes: [aNode('node1'), aNode('node2')],
    tasks: [aTask('task1', { nodeId: 'node2' })],
  });
  test('is what the node’s own engine says of the container', () => {
    const map = mapAfter(snapshotOf([node('node1'), node('node2', { containers })], [swarm]));
    expect(map.swarms[0]?.tasks[0]?.health).toBe('starting');
  });
  test('of a task on a silent node is unknown', () => {
    const map = mapAfter(
      snapshotOf([node('node1'), node('node2', { containers })], [swarm]),
      snapshotOf([node('node1'), silent('node2')], [swarm]),
    );
    expect(map.swarms[0]?.tasks[0]?.health).toBe('unknown');
  });
});

describe('of tasks that have ended', () => {
  const ended = { state: 'shutdown', desiredState: 'shutdown' } as const;
  test('those of the last twenty seconds are shown', () => {
    const map = mapOfTasks(
      aTask('just', { ...ended, stateAtMs: NOW_MS - 19_000 }),
      aTask('long ago', { ...ended, stateAtMs: NOW_MS - 21_000 }),
      aTask('lives', { stateAtMs: 0 }),
    );
    expect(taskIds(map)).toEqual(['just', 'lives']);
  });
  test('the newest failure of each slot stays', () => {
    const failed = { state: 'failed', desiredState: 'shutdown', error: 'task: non-zero exit (1)' };
    const map = mapOfTasks(
      aTask('first', { ...failed, stateAtMs: 1_000 }),
      aTask('second', { ...failed, stateAtMs: 2_000 }),
      aTask('other slot', { ...failed, slot: 2, stateAtMs: 500 }),
    );
    expect(taskIds(map)).toEqual(['other slot', 'second']);
  });
});

describe('a cluster that nobody answers for', () => {
  const three = ['node1', 'node2', 'node3'];
  const swarm = aSwarm({
    nodes: three.map((name) => aNode(name)),
    tasks: [aTask('task1', { stateAtMs: NOW_MS })],
  });
  const whole = snapshotOf(
    three.map((name) => node(name)),
    [swarm],
  );
  const error = 'rpc error: The swarm does not have a leader.';
  const containers = [{ id: 'c', taskId: 'task1', state: 'running', health: 'healthy' } as const];
  const lost = (takenAtMs: number): LabSnapshot =>
    snapshotOf(
      [node('node1', { controlError: error, containers }), silent('node2'), silent('node3')],
      [],
      takenAtMs,
    );

  test('stays as it was, and says since when and why', () => {
    const map = mapAfter(whole, lost(NOW_MS + 1_000), lost(NOW_MS + 60_000));
    expect(map.swarms[0]).toMatchObject({
      staleSinceMs: NOW_MS,
      staleReason: error,
      tasks: [{ id: 'task1' }],
    });
    expect(map.labNodes.map(({ silentSinceMs }) => silentSinceMs)).toEqual([
      null,
      NOW_MS + 1_000,
      NOW_MS + 1_000,
    ]);
    expect(map.swarms[0]?.nodes.map(({ labNode }) => labNode)).toEqual(three);
  });
  test('is drawn once, though a manager that was losing it told of it without its name', () => {
    const nameless = snapshotOf(
      three.map((name) => node(name)),
      [{ ...swarm, clusterId: '' }],
      NOW_MS + 500,
    );
    expect(mapAfter(whole, nameless, lost(NOW_MS + 1_000)).swarms).toMatchObject([{ clusterId: 'cluster1' }]);
  });
  test('what a node’s own engine runs is known all the same', () => {
    expect(mapAfter(whole, lost(NOW_MS + 1_000)).labNodes[0]?.running).toEqual([
      { taskId: 'task1', health: 'healthy' },
    ]);
    expect(mapAfter(whole).labNodes[0]?.running).toEqual([]);
  });
  test('with all nodes cut it stays too', () => {
    const map = mapAfter(whole, snapshotOf(three.map(silent), [], NOW_MS + 5_000));
    expect(map.swarms[0]).toMatchObject({ staleSinceMs: NOW_MS, staleReason: null });
    expect(map.labNodes.every(({ clusterId }) => clusterId === 'cluster1')).toBe(true);
  });
  test('is as of now when it answers again, and forgets how long it was silent', () => {
    const map = mapAfter(whole, lost(NOW_MS + 1_000), { ...whole, takenAtMs: NOW_MS + 9_000 });
    expect(map.swarms).toMatchObject([{ staleSinceMs: null, staleReason: null }]);
    expect(map.labNodes.every(({ silentSinceMs }) => silentSinceMs === null)).toBe(true);
  });
  test('goes when no node of the lab is in it any more', () => {
    const left = node('node1', { swarmState: 'inactive', swarmNodeId: null, clusterId: null });
    expect(
      mapAfter(whole, snapshotOf([left, { ...left, name: 'node2' }, { ...left, name: 'node3' }], [])).swarms,
    ).toEqual([]);
  });
});

test('a node that left and came back is two members of one name, only one of which is the lab’s', () => {
  const swarm = aSwarm({
    nodes: [aNode('old', { hostname: 'node1', state: 'down' }), aNode('node1')],
    tasks: [],
  });
  const map = mapAfter(snapshotOf([node('node1')], [swarm]));
  expect(map.swarms[0]?.nodes).toMatchObject([
    { id: 'old', hostname: 'node1', labNode: null },
    { id: 'node1', hostname: 'node1', labNode: 'node1' },
  ]);
});

test('several swarms come in the order of the lab’s nodes, whichever of them is silent', () => {
  const east = aSwarm({ clusterId: 'east', nodes: [aNode('node1')], tasks: [] });
  const west = aSwarm({ clusterId: 'west', nodes: [aNode('node2')], tasks: [] });
  const nodes = [node('node1', { clusterId: 'east' }), node('node2', { clusterId: 'west' })];
  const map = mapAfter(snapshotOf(nodes, [east, west]), snapshotOf([silent('node1'), nodes[1]!], [west]));
  expect(map.swarms.map(({ clusterId }) => clusterId)).toEqual(['east', 'west']);
});

test('what is hostile or huge is bounded: the living come first', () => {
  const tasks = Array.from({ length: 400 }, (_, index) =>
    aTask(`task${index}`.padEnd(1_000, 'x'), {
      serviceId: 's'.repeat(1_000),
      nodeId: 'n'.repeat(1_000),
      slot: index,
      image: `api:${'v'.repeat(2_000)}`,
      error: 'x'.repeat(5_000),
      state: index < 300 ? 'failed' : 'running',
    }),
  );
  const services = Array.from({ length: 60 }, (_, index) =>
    aService({ id: `s${index}`, name: 'n'.repeat(2_000) }),
  );
  const map = mapAfter(snapshotOf([node('node1')], [aSwarm({ tasks, services })]));
  const [swarm] = map.swarms;
  expect(swarm?.tasks).toHaveLength(MAP_LIMITS.tasks);
  expect(swarm?.tasks.filter(({ state }) => state === 'running')).toHaveLength(100);
  expect(swarm?.unlisted).toEqual({ tasks: 400 - MAP_LIMITS.tasks, services: 20 });
  expect(JSON.stringify(map).length).toBeLessThan(250_000);
});

test('two maps are the same when only time has passed', () => {
  const one = mapOfTasks(aTask('task1'));
  expect(sameMap(one, { ...one, takenAtMs: 1 })).toBe(true);
  expect(sameMap(one, mapOfTasks(aTask('task1', { state: 'starting' })))).toBe(false);
});
