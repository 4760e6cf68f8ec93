import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { LabNodeView, LabSnapshot, SwarmView } from '#contract/swarm-snapshot.ts';
import {
  departedMembers,
  isReachableManager,
  liveTasksByNode,
  managersOf,
  memberOf,
  swarmOf,
  tasksStillOn,
  withSwarmOf,
} from './lab-nodes.ts';
import { PASSED } from './results.ts';
import { aNode, aService, aSnapshot, aSwarm, aTask } from './testing/swarm-builder.ts';

const [shape] = aSnapshot().labNodes;
const labNode = (name: string, parts: Partial<LabNodeView> = {}): LabNodeView => ({
  ...shape!,
  name,
  swarmNodeId: `id-of-${name}`,
  ...parts,
});
const lab = (labNodes: LabNodeView[], ...swarms: SwarmView[]): LabSnapshot => ({
  takenAtMs: 0,
  labNodes,
  swarms,
});
const contextOf = (snapshot: LabSnapshot): CheckContext => ({
  snapshot,
  history: [],
  start: { atMs: 0, seq: 0, serviceIds: {} },
  nowMs: 0,
});

describe('a node that left and came back', () => {
  const swarm = aSwarm({
    nodes: [
      aNode('old-id', { hostname: 'node1', state: 'down', reachability: 'unreachable', leader: false }),
      aNode('id-of-node1', { hostname: 'node1', role: 'worker', reachability: null, leader: false }),
      aNode('id-of-node2', { hostname: 'node2' }),
    ],
  });

  test('is the member that it is now; the other one was left behind and still counts', () => {
    const snapshot = lab([labNode('node1'), labNode('node2')], swarm);
    expect(memberOf(snapshot, swarm, 'node1')?.id).toBe('id-of-node1');
    expect(departedMembers(snapshot, swarm, 'node1').map((member) => member.id)).toEqual(['old-id']);
    expect(departedMembers(snapshot, swarm, 'node2')).toEqual([]);
    expect(managersOf(swarm).map((member) => member.id)).toEqual(['old-id', 'id-of-node2']);
    expect(managersOf(swarm).filter(isReachableManager)).toHaveLength(1);
  });

  test('is nobody while it is silent and its name is taken twice', () => {
    const silent = labNode('node1', { answers: false, swarmNodeId: null });
    expect(memberOf(lab([silent], swarm), swarm, 'node1')).toBeNull();
    expect(memberOf(lab([labNode('node2', { answers: false })], swarm), swarm, 'node2')?.id).toBe(
      'id-of-node2',
    );
  });
});

test('a drained node still has the tasks that end', () => {
  const node = aNode('node1', { availability: 'drain' });
  const tasks = [
    aTask('task1', { desiredState: 'shutdown' }),
    aTask('task2', { state: 'shutdown', desiredState: 'shutdown' }),
    aTask('task3', { nodeId: 'node2' }),
  ];
  const swarm = aSwarm({ nodes: [node, aNode('node2')], tasks });
  expect(tasksStillOn(swarm, node).map((task) => task.id)).toEqual(['task1']);
  expect(liveTasksByNode(swarm, aService())).toEqual({ node2: 1 });
});

describe('the cluster of one lab node', () => {
  const east = aSwarm({ clusterId: 'east', askedNode: 'node1' });
  const west = aSwarm({ clusterId: 'west', askedNode: 'node2' });
  const nodes = [labNode('node1', { clusterId: 'east' }), labNode('node2', { clusterId: 'west' })];

  test('is its own, also where several answer', () => {
    expect(swarmOf(lab(nodes, east, west), 'node2')?.clusterId).toBe('west');
  });

  test.each<[string, Partial<LabNodeView>, string, string]>([
    ['silent', { answers: false, clusterId: null }, 'errored', 'node-silent'],
    ['without leader', { clusterId: null, controlError: 'no leader' }, 'errored', 'node-no-leader'],
    ['in no swarm', { clusterId: null, swarmState: 'inactive' }, 'failed', 'node-not-in-swarm'],
  ])('that is %s can’t be judged', (_what, parts, verdict, message) => {
    const context = contextOf(lab([nodes[0]!, labNode('node2', parts)], east));
    expect(withSwarmOf(context, 'node2', () => PASSED)).toMatchObject({ verdict, message });
    expect(withSwarmOf(context, 'node1', () => PASSED)).toEqual(PASSED);
  });
});
