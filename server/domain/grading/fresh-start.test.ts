import { describe, expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import type { LabNodeView, LabSnapshot, SwarmView } from '#contract/swarm-snapshot.ts';
import { aNode, aSnapshot, aSwarm } from '../../../labs/kit/testing/swarm-builder.ts';
import { freshStart } from './fresh-start.ts';

const [shape] = aSnapshot().labNodes;
const node = (name: string, parts: Partial<LabNodeView> = {}): LabNodeView => ({
  ...shape!,
  name,
  swarmNodeId: name,
  clusterId: 'east',
  ...parts,
});
const alone = (name: string): LabNodeView =>
  node(name, { swarmState: 'inactive', swarmNodeId: null, clusterId: null, controlAvailable: false });

function differences(
  swarm: LabDefinition['swarm'],
  labNodes: LabNodeView[],
  ...swarms: SwarmView[]
): (string | undefined)[] {
  const snapshot: LabSnapshot = { takenAtMs: 0, labNodes, swarms };
  const context: CheckContext = {
    snapshot,
    history: [],
    start: { atMs: 0, seq: 0, serviceIds: {} },
    nowMs: 0,
  };
  const nodes = labNodes.map(({ name }) => ({ name }));
  return freshStart({ nodes, swarm })
    .map((check) => check.evaluate(context))
    .filter((result) => result.verdict !== 'passed')
    .map((result) => result.message);
}

const members = (...names: string[]) =>
  names.map((name, index) => aNode(name, { role: index === 0 ? 'manager' : 'worker' }));
const empty = (parts: Partial<SwarmView>): SwarmView => aSwarm({ services: [], tasks: [], ...parts });

test('nodes that are to be joined by the learner are in no swarm', () => {
  expect(differences('none', [alone('node1'), alone('node2')])).toEqual([]);
  expect(
    differences(
      'none',
      [alone('node1'), node('node2')],
      empty({ clusterId: 'east', nodes: members('node2') }),
    ),
  ).toEqual(['start-node-in-swarm']);
});

describe('a swarm that the lab forms', () => {
  const formed = { managers: ['node1'], workers: ['node2'] };
  const swarm = empty({ clusterId: 'east', nodes: members('node1', 'node2') });

  test('has its members in their roles and no services', () => {
    const worker = node('node2', { clusterId: null, controlAvailable: false });
    expect(differences(formed, [node('node1'), worker], swarm)).toEqual([]);
    expect(differences(formed, [node('node1'), worker], { ...swarm, services: aSwarm().services })).toEqual([
      'start-services',
    ]);
  });
  test.each<[string, LabNodeView[], SwarmView, string]>([
    ['a node left', [node('node1'), alone('node2')], swarm, 'start-node-alone'],
    ['a node is silent', [node('node1'), { ...alone('node2'), answers: false }], swarm, 'start-node-silent'],
    [
      'a worker was promoted',
      [node('node1'), node('node2')],
      { ...swarm, nodes: [aNode('node1'), aNode('node2')] },
      'start-node-elsewhere',
    ],
    [
      'somebody else is listed too',
      [node('node1'), node('node2')],
      { ...swarm, nodes: members('node1', 'node2', 'node9') },
      'start-node-elsewhere',
    ],
  ])('%s', (_what, nodes, view, message) => {
    expect(differences(formed, nodes, view)).toEqual([message]);
  });
  test('nobody answers: that can’t be told', () => {
    const silent = { ...alone('node1'), answers: false };
    expect(differences({ managers: ['node1'], workers: [] }, [silent])).toEqual(['no-answer']);
  });
});

test('two swarms stay apart', () => {
  const two = [
    { managers: ['node1'], workers: [] },
    { managers: ['node2'], workers: [] },
  ];
  const east = empty({ clusterId: 'east', nodes: members('node1') });
  const west = empty({ clusterId: 'west', nodes: members('node2') });
  const nodes = [node('node1'), node('node2', { clusterId: 'west' })];
  expect(differences(two, nodes, east, west)).toEqual([]);
  const joined = empty({ clusterId: 'east', nodes: [aNode('node1'), aNode('node2')] });
  expect(differences(two, [node('node1'), node('node2')], joined)).toEqual(['start-node-elsewhere']);
});
