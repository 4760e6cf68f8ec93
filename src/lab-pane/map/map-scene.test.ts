import { describe, expect, test } from 'vitest';
import type { MapNode, MapService, MapSwarm, MapTask, SwarmMap } from '#contract/swarm-map.ts';
import { versionOf } from './image-version.ts';
import { mapScene, type SceneEyes } from './map-scene.ts';

const NOW_MS = 100_000;
const EYES: SceneEyes = { condition: () => 'on', isSilent: (sinceMs) => sinceMs !== null };

const task = (id: string, parts: Partial<MapTask> = {}): MapTask => ({
  id,
  serviceId: 'api',
  nodeId: 'n1',
  slot: 1,
  image: 'numbers-api:v3',
  state: 'running',
  desired: 'running',
  health: 'healthy',
  error: null,
  sinceMs: NOW_MS - 60_000,
  createdAtMs: 1_000,
  ...parts,
});
const node = (id: string, parts: Partial<MapNode> = {}): MapNode => ({
  id,
  hostname: id.replace('n', 'node'),
  labNode: id.replace('n', 'node') as MapNode['labNode'],
  role: 'manager',
  leader: id === 'n1',
  availability: 'active',
  state: 'ready',
  reachability: 'reachable',
  ...parts,
});
const api: MapService = {
  id: 'api',
  name: 'numbers_api',
  stack: 'numbers',
  mode: 'replicated',
  image: 'numbers-api:v3',
  desired: 1,
  running: 1,
  update: null,
};

function sceneOf(swarm: Partial<MapSwarm>, labNodes: SwarmMap['labNodes'] = []) {
  const map: SwarmMap = {
    takenAtMs: NOW_MS,
    labNodes,
    swarms: [
      {
        clusterId: 'c1',
        staleSinceMs: null,
        staleReason: null,
        nodes: [node('n1')],
        services: [api],
        tasks: [task('t1')],
        unlisted: { tasks: 0, services: 0 },
        ...swarm,
      },
    ],
  };
  return mapScene(map, EYES);
}
const labNode = (name: string, parts: Partial<SwarmMap['labNodes'][number]> = {}) =>
  ({
    name,
    silentSinceMs: null,
    swarmState: 'active',
    clusterId: 'c1',
    running: [],
    ...parts,
  }) as SwarmMap['labNodes'][number];
const phasesOf = (scene: ReturnType<typeof sceneOf>) =>
  scene.swarms[0]?.places.flatMap(({ groups }) =>
    groups.flatMap(({ tiles }) => tiles.map(({ phase }) => phase)),
  );

describe('versions', () => {
  test.each([
    ['numbers-api:v3', { tag: 'v3', course: 3 }],
    ['numbers-api:v5-bad', { tag: 'v5-bad', course: 5 }],
    ['registry:5000/shop/api', { tag: 'latest', course: null }],
    ['nginx:1.27', { tag: '1.27', course: null }],
    ['api:v12', { tag: 'v12', course: null }],
  ])('%s', (image, version) => {
    expect(versionOf(image)).toMatchObject(version);
  });
});

test('old and new of a slot stand side by side in a rollout, the old one first', () => {
  const scene = sceneOf({
    tasks: [
      task('b', { slot: 2 }),
      task('new', { image: 'numbers-api:v5', state: 'starting', createdAtMs: 9_000 }),
      task('old', { desired: 'shutdown' }),
    ],
  });
  const tiles = scene.swarms[0]?.places[0]?.groups[0]?.tiles ?? [];
  expect(tiles.map((tile) => [tile.name, tile.version.tag, tile.phase])).toEqual([
    ['api.1', 'v3', 'stopping'],
    ['api.1', 'v5', 'starting'],
    ['api.2', 'v3', 'running'],
  ]);
  expect(scene.swarms[0]?.services[0]?.parts).toMatchObject([
    { version: { tag: 'v3' }, phase: 'running', count: 1 },
    { version: { tag: 'v5' }, phase: 'starting', count: 1 },
    { version: { tag: 'v3' }, phase: 'stopping', count: 1 },
  ]);
});

describe('a failure', () => {
  const failed = {
    state: 'failed',
    desired: 'shutdown',
    error: 'task: non-zero exit (1)',
    image: 'numbers-api:v5',
  };
  test('has a tile of its own while it is recent', () => {
    const scene = sceneOf({ tasks: [task('t1'), task('t0', { ...failed, sinceMs: NOW_MS - 3_000 })] });
    expect(phasesOf(scene)).toEqual(['running', 'failed']);
  });
  test('is told by the task that came after it, later', () => {
    const scene = sceneOf({ tasks: [task('t1'), task('t0', { ...failed, sinceMs: NOW_MS - 30_000 })] });
    expect(phasesOf(scene)).toEqual(['running']);
    expect(scene.swarms[0]?.places[0]?.groups[0]?.tiles[0]?.failure?.id).toBe('t0');
  });
  test('stays where nothing came after it', () => {
    expect(phasesOf(sceneOf({ tasks: [task('t0', { ...failed, sinceMs: NOW_MS - 30_000 })] }))).toEqual([
      'failed',
    ]);
  });
});

test('a task without a node has a place of its own', () => {
  const scene = sceneOf({
    tasks: [task('t1', { nodeId: null, state: 'pending', error: 'no suitable node' })],
  });
  expect(scene.swarms[0]?.unplaced).toMatchObject([{ phase: 'waiting', name: 'api.1' }]);
  expect(phasesOf(scene)).toEqual([]);
});

describe('what nobody can tell', () => {
  const nodes = [node('n1'), node('n2'), node('n3', { state: 'down' })];
  const tasks = [task('t1'), task('t2', { nodeId: 'n2' }), task('t3', { nodeId: 'n3' })];
  test('of a node that is down or silent is said to be unknown', () => {
    const lab = [
      labNode('node1'),
      labNode('node2', { silentSinceMs: 1 }),
      labNode('node3', { silentSinceMs: 1 }),
    ];
    expect(phasesOf(sceneOf({ nodes, tasks }, lab))).toEqual(['running', 'unknown', 'unknown']);
  });
  test('is asked of the node’s own engine: without quorum containers run on', () => {
    const lab = [
      labNode('node1', { running: [{ taskId: 't1', health: 'healthy' }] }),
      labNode('node2'),
      labNode('node3', { silentSinceMs: 1 }),
    ];
    const scene = sceneOf({ nodes, tasks, staleSinceMs: NOW_MS - 5_000, staleReason: 'no leader' }, lab);
    expect(phasesOf(scene)).toEqual(['cut', 'stopped', 'unknown']);
    expect(scene.swarms[0]?.staleSinceMs).toBe(NOW_MS - 5_000);
  });
});

test('a node that left and is still listed stands last, and a name that is there twice is marked', () => {
  const nodes = [node('gone', { hostname: 'node1', labNode: null, state: 'down' }), node('n2'), node('n1')];
  const places = sceneOf({ nodes }, [labNode('node1'), labNode('node2')]).swarms[0]?.places;
  expect(places?.map(({ key, isDouble }) => [key, isDouble])).toEqual([
    ['n1', true],
    ['n2', false],
    ['gone', true],
  ]);
});

test('nodes in no swarm stand outside', () => {
  const scene = sceneOf({}, [
    labNode('node1'),
    labNode('node2', { swarmState: 'inactive', clusterId: null }),
  ]);
  expect(scene.outside.map(({ hostname }) => hostname)).toEqual(['node2']);
});
