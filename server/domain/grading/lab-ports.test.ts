import { expect, test } from 'vitest';
import type { LabSnapshot, PublishedPort } from '#contract/swarm-snapshot.ts';
import { aNode, aService, aSnapshot, aSpec, aSwarm, aTask } from '#kit/testing/swarm-builder.ts';
import { labPorts } from './lab-ports.ts';

const host = (publishedPort: number | null, parts: Partial<PublishedPort> = {}): PublishedPort => ({
  publishedPort,
  targetPort: 80,
  protocol: 'tcp',
  publishMode: 'host',
  ...parts,
});

/** Three nodes in one cluster; `web` publishes these. */
function snapshot(ports: PublishedPort[], tasks = [aTask('one', { serviceId: 'web' })]): LabSnapshot {
  const swarm = aSwarm({
    nodes: ['node1', 'node2', 'node3'].map((id) => aNode(id)),
    services: [aService({ id: 'web', name: 'shop_web', spec: aSpec({ ports }) })],
    tasks,
  });
  const one = aSnapshot(swarm);
  const [node] = one.labNodes;
  return {
    ...one,
    labNodes: ['node1', 'node2', 'node3'].map((name) => ({ ...node!, name, swarmNodeId: name })),
  };
}

test('a host-mode port is where its task is', () => {
  const tasks = [aTask('one', { serviceId: 'web', nodeId: 'node2', hostPorts: [host(8080)] })];
  expect(labPorts(snapshot([host(8080)], tasks), [], false)).toEqual([
    { node: 'node2', port: 8080, service: 'shop_web', mode: 'host', state: 'running' },
  ]);
});

test('before its task runs, a port is as the service asks for it', () => {
  const starting = [aTask('one', { serviceId: 'web', state: 'starting' })];
  expect(labPorts(snapshot([host(80)], starting), [], false)).toMatchObject([
    { port: 80, state: 'starting' },
  ]);
});

test.each([
  ['failed', { state: 'failed' }],
  ['shut down', { state: 'shutdown', desiredState: 'shutdown' }],
  ['nowhere yet', { state: 'pending', nodeId: null }],
])('a task that is %s has no port', (_name, parts) => {
  const tasks = [aTask('one', { serviceId: 'web', ...parts })];
  expect(labPorts(snapshot([host(80)], tasks), [], false)).toEqual([]);
});

test('of an old and a new task on one port, the one that runs counts', () => {
  const tasks = [
    aTask('new', { serviceId: 'web', state: 'starting' }),
    aTask('old', { serviceId: 'web', hostPorts: [host(80)] }),
  ];
  expect(labPorts(snapshot([host(80)], tasks), [], false)).toMatchObject([{ port: 80, state: 'running' }]);
});

test('an ingress port is on every node, where the kernel routes it', () => {
  const published = [host(9000, { publishMode: 'ingress' })];
  const routed = labPorts(snapshot(published), [], true);
  expect(routed.map(({ node, state }) => [node, state])).toEqual([
    ['node1', 'running'],
    ['node2', 'running'],
    ['node3', 'running'],
  ]);
  expect(labPorts(snapshot(published), [], false)).toMatchObject([
    { state: 'unrouted', mode: 'ingress' },
    { state: 'unrouted' },
    { state: 'unrouted' },
  ]);
});

test('UDP, made-up numbers and ports that nobody has chosen yet are no ports', () => {
  const ports = [host(53, { protocol: 'udp' }), host(0), host(70_000), host(1.5), host(null)];
  expect(labPorts(snapshot(ports), [], true)).toEqual([]);
});

test('a silent node is known by its last answer', () => {
  const before = snapshot([host(80)]);
  const now = {
    ...before,
    labNodes: before.labNodes.map((node) => ({
      ...node,
      answers: false,
      swarmNodeId: null,
      clusterId: null,
    })),
  };
  expect(labPorts(now, [], false)).toEqual([]);
  expect(labPorts(now, before.labNodes, false)).toHaveLength(1);
});

test('an engine that makes up thousands fills no page', () => {
  const ports = Array.from({ length: 3000 }, (_, index) => host(index + 1));
  expect(labPorts(snapshot(ports), [], false)).toHaveLength(100);
});
