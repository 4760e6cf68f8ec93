import { expect, test } from 'vitest';
import type { LabNodeView, LabSnapshot, SwarmNode } from '#contract/swarm-snapshot.ts';
import { aNode, aSnapshot, aSwarm } from '../../../labs/kit/testing/swarm-builder.ts';
import { nodeStatuses } from './node-statuses.ts';

const [shape] = aSnapshot().labNodes;

function labNode(name: string, parts: Partial<LabNodeView> = {}): LabNodeView {
  return { ...shape!, name, swarmNodeId: `id-of-${name}`, ...parts };
}

function lab(labNodes: LabNodeView[], members: SwarmNode[] | null): LabSnapshot {
  return { takenAtMs: 0, labNodes, swarms: members === null ? [] : [aSwarm({ nodes: members })] };
}

test('a node that came back is found by its id, not by the host name that is listed twice', () => {
  const members = [
    aNode('old-id', { hostname: 'node1', state: 'down', leader: false }),
    aNode('id-of-node1', { hostname: 'node1', role: 'worker', leader: false }),
  ];
  expect(nodeStatuses(lab([labNode('node1')], members), [])).toEqual([
    { name: 'node1', role: 'worker', availability: 'active', state: 'ready' },
  ]);
});

test('a silent node keeps its place in the swarm', () => {
  const silent = labNode('node2', { answers: false, swarmNodeId: null, controlAvailable: false });
  const snapshot = lab(
    [labNode('node1'), silent],
    [aNode('id-of-node1'), aNode('id-of-node2', { state: 'down', leader: false })],
  );
  expect(nodeStatuses(snapshot, [labNode('node1'), labNode('node2')])).toEqual([
    { name: 'node1', role: 'leader', availability: 'active', state: 'ready' },
    { name: 'node2', role: 'manager', availability: 'active', state: 'down' },
  ]);
});

test('without quorum a manager is what it says of itself, and nobody knows the rest', () => {
  const worker = labNode('node3', { controlAvailable: false });
  expect(nodeStatuses(lab([labNode('node1'), worker], null), [])).toEqual([
    { name: 'node1', role: 'manager', availability: null, state: 'unknown' },
    { name: 'node3', role: 'unknown', availability: null, state: 'unknown' },
  ]);
});

test('a node in no swarm says so, one that never answered is unknown', () => {
  const alone = labNode('node1', { swarmState: 'inactive', swarmNodeId: null, controlAvailable: false });
  const silent = labNode('node2', { answers: false, swarmNodeId: null, controlAvailable: false });
  expect(nodeStatuses(lab([alone, silent], null), [])).toEqual([
    { name: 'node1', role: 'none', availability: null, state: null },
    { name: 'node2', role: 'unknown', availability: null, state: null },
  ]);
});
