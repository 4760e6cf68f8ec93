import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KeptRollout, NodeStatus, Waiting } from '#contract/api.ts';
import type { LabSessionId, LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { LabPort } from '#contract/preview.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { SwarmMap } from '#contract/swarm-map.ts';
import { aNode, aService, aSnapshot, aSpec, aSwarm, aTask } from '../../labs/kit/testing/swarm-builder.ts';
import { exerciseOf } from '../testing/exercise-fixture.ts';
import { FakeObserver } from '../testing/fake-observer.ts';
import { gradingStarter } from './exercise-session.ts';
import type { SessionGrading } from './session-grading.ts';

let observer: FakeObserver;
let grading: SessionGrading;
const nodes: (readonly NodeStatus[])[] = [];
const waits: (readonly Waiting[])[] = [];
const maps: SwarmMap[] = [];
const ports: (readonly LabPort[])[] = [];
const notices: LocalizedText[] = [];
let routesVirtualIps = false;
const kept: HistoryEntry[] = [];
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const started = Date.now();
const updating = aSnapshot(
  aSwarm({
    services: [
      aService({
        spec: aSpec({ image: 'api:v2' }),
        updateStatus: { state: 'updating', startedAtMs: started, completedAtMs: null, message: '' },
      }),
    ],
    tasks: ['task1', 'task2'].map((id, index) =>
      aTask(id, { slot: index + 1, image: 'api:v2', createdAtMs: started, stateAtMs: started }),
    ),
  }),
);

const atV1 = {
  kind: 'state',
  id: 'at-v1',
  messages: ['wrong'],
  evaluate: ({ snapshot }: { snapshot: ReturnType<typeof aSnapshot> }) =>
    snapshot.swarms[0]?.services[0]?.spec.image === 'api:v1'
      ? ({ verdict: 'passed' } as const)
      : ({ verdict: 'failed', message: 'wrong' } as const),
} as const;

const NODE = {
  environmentId: 'e',
  name: 'node1',
  containerId: 'c',
  engineSocket: '/nowhere',
  terminalFolder: null,
};
const told: HistoryEntry[] = [];
const rollouts: Omit<KeptRollout, 'id'>[] = [];
let isWatched = true;

beforeEach(() => {
  vi.useFakeTimers({ now: started });
  routesVirtualIps = false;
  isWatched = true;
  for (const list of [nodes, waits, maps, ports, notices, kept, told, rollouts]) list.length = 0;
  observer = new FakeObserver(aSnapshot());
  const start = gradingStarter({
    exerciseOf: (id) => (id === '14.1-fixture' ? exerciseOf([], id, [atV1]) : null),
    observer,
    history: {
      append: (_id, _generation, entries) => kept.push(...entries),
      load: () => [],
      page: () => [],
      lastSeq: () => 0,
      forgetBefore: () => {},
    },
    rollouts: { keep: (_learner, rollout) => rollouts.push(rollout), listOf: () => [], find: () => null },
    application: { ask: async () => ({ kind: 'answered', status: 200, version: 'v1' }) },
    exercises: { load: () => null, save: () => {} },
    progress: {
      attemptsOf: () => [],
      record: () => {},
      completedAtMs: () => null,
      progress: () => new Map(),
      showHints: () => {},
      hintsShown: () => 0,
      showSolution: () => {},
    },
    clock: { nowMs: () => Date.now() },
    routesVirtualIps: () => routesVirtualIps,
    log,
  });
  grading = start({
    labSessionId: 'session' as LabSessionId,
    learnerId: 'learner' as LearnerId,
    labId: 'numbers',
    generation: 1,
    nodes: [NODE],
    probe: { port: 80, path: '/ready' },
    isWatched: () => isWatched,
    onHistory: (entries) => told.push(...entries),
    onVerdict: () => {},
    onAttempt: () => {},
    onProgress: () => {},
    onNodes: (seen) => nodes.push(seen),
    onWaiting: (seen) => waits.push(seen),
    onMap: (seen) => maps.push(seen),
    onPorts: (seen) => ports.push(seen),
    onNotice: (notice) => notices.push(notice),
  });
});

afterEach(async () => {
  await grading[Symbol.asyncDispose]();
  vi.useRealTimers();
});

test('nodes are told when they differ, and only then', async () => {
  await vi.advanceTimersByTimeAsync(10_000);
  expect(nodes).toEqual([[{ name: 'node1', role: 'leader', availability: 'active', state: 'ready' }]]);
  observer.state = aSnapshot(aSwarm({ nodes: [aNode('node1', { availability: 'drain' })] }));
  observer.emit();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(nodes).toHaveLength(2);
  expect(grading.nodes()).toMatchObject([{ availability: 'drain' }]);
});

test('a wait is told once and counted down by whoever asks', async () => {
  observer.state = updating;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(waits).toHaveLength(1);
  expect(waits[0]).toMatchObject([{ service: 'shop_api', reason: 'monitor', replaced: 2, total: 2 }]);
  expect(grading.waiting()[0]?.remainingMs).toBe(2_000);
  observer.state = aSnapshot();
  observer.emit();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(waits.at(-1)).toEqual([]);
  expect(grading.waiting()).toEqual([]);
});

test('the map is told when something on it differs, and whoever comes later gets it as of the newest look', async () => {
  await vi.advanceTimersByTimeAsync(10_000);
  expect(maps).toHaveLength(1);
  expect(grading.map()?.takenAtMs).toBeGreaterThan(maps[0]?.takenAtMs ?? 0);
  observer.state = updating;
  observer.emit();
  await vi.advanceTimersByTimeAsync(100);
  expect(maps.at(-1)?.swarms[0]?.services[0]).toMatchObject({
    image: 'api:v2',
    update: { state: 'updating' },
  });
});

test('what has ended leaves the map in time, also where nothing changes any more', async () => {
  const ended = aTask('old', { state: 'shutdown', desiredState: 'shutdown', stateAtMs: started });
  observer.state = aSnapshot(aSwarm({ tasks: [aTask('task1', { slot: 2 }), ended] }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(maps.at(-1)?.swarms[0]?.tasks.map(({ id }) => id)).toEqual(['old', 'task1']);
  await vi.advanceTimersByTimeAsync(18_000);
  expect(maps.at(-1)?.swarms[0]?.tasks.map(({ id }) => id)).toEqual(['task1']);
});

test('ports are told when they differ, and only then', async () => {
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ports).toEqual([]);
  observer.state = aSnapshot(aSwarm({ services: [mesh] }));
  observer.emit();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ports).toEqual([
    [{ node: 'node1', port: 8080, service: 'mesh', mode: 'ingress', state: 'unrouted' }],
  ]);
  expect(grading.ports()).toEqual(ports[0]);
});

test('any exercise’s start is compared with the swarm of this moment', async () => {
  expect(await grading.compareStart('14.1-fixture')).toMatchObject({ verdict: 'same', differences: [] });
  expect(await grading.startReached('14.1-fixture')).toBe(true);
  observer.state = updating;
  expect(await grading.compareStart('14.1-fixture')).toMatchObject({ verdict: 'differs' });
  expect(await grading.startReached('14.1-fixture')).toBe(false);
  await expect(grading.compareStart('14.9-none')).rejects.toMatchObject({ code: 'EXERCISE_UNKNOWN' });
});

test('the hand on a switch is kept in the history', async () => {
  await vi.advanceTimersByTimeAsync(10);
  grading.recordPower('node2', 'frozen');
  expect(kept.at(-1)).toMatchObject({ type: 'power', labNode: 'node2', on: false, condition: 'frozen' });
});

test('looks are told which nodes are unplugged', async () => {
  await vi.advanceTimersByTimeAsync(10);
  grading.recordPower('node2', 'unplugged');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(observer.isolated).toEqual(['node2']);
  grading.recordPower('node2', 'on');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(observer.isolated).toEqual([]);
});

const mesh = aService({
  id: 'mesh-id',
  name: 'mesh',
  spec: aSpec({ ports: [{ publishedPort: 8080, targetPort: 80, protocol: 'tcp', publishMode: 'ingress' }] }),
});

test('a service behind ingress is told of once, with what to use instead', async () => {
  observer.state = aSnapshot(aSwarm({ services: [mesh] }));
  observer.emit();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({
    ko: expect.stringMatching(/`mesh`.*`mode: host`/),
    en: expect.stringMatching(/`mesh`.*`mode: host`/),
  });
});

test('where the kernel routes virtual IPs, nothing is said', async () => {
  routesVirtualIps = true;
  observer.state = aSnapshot(aSwarm({ services: [mesh] }));
  observer.emit();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(notices).toEqual([]);
});

test('a lab that is frozen while its start is compared is no failure', async () => {
  const comparing = grading.compareStart('14.1-fixture');
  grading.suspend();
  expect(await comparing).toEqual({ exercise: '14.1-fixture', verdict: 'errored', differences: [] });
});

const requests = () => told.filter(({ type }) => type === 'request').length;

test('what happens is told, and visitors’ requests go with a rollout while somebody watches', async () => {
  await grading.activate('14.1-fixture');
  await vi.advanceTimersByTimeAsync(90_000);
  const atRest = requests();
  expect(told.map(({ seq }) => seq)).toEqual(kept.map(({ seq }) => seq));
  observer.state = updatingTo('api:v2', 'updating');
  observer.emit();
  await vi.advanceTimersByTimeAsync(10_000);
  const during = requests() - atRest;
  expect(during).toBeGreaterThanOrEqual(9);
  expect(during).toBeLessThanOrEqual(11);
  isWatched = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(requests() - atRest - during).toBeLessThanOrEqual(1);
  isWatched = true;
  observer.state = updatingTo('api:v2', 'completed');
  observer.emit();
  await vi.advanceTimersByTimeAsync(30_000);
  const after = requests();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(requests()).toBe(after);
});

test('a rollout that is over is kept once, with its exercise', async () => {
  await grading.activate('14.1-fixture');
  for (const state of ['updating', 'completed'] as const) {
    observer.state = updatingTo('api:v2', state);
    observer.emit();
    await vi.advanceTimersByTimeAsync(2_000);
  }
  expect(rollouts).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  await grading[Symbol.asyncDispose]();
  expect(rollouts).toMatchObject([
    { exercise: '14.1-fixture', outcome: 'completed', fromImage: 'api:v1', toImage: 'api:v2', generation: 1 },
  ]);
});

test('a reset right after a rollout loses nothing of it', async () => {
  await grading.activate('14.1-fixture');
  for (const state of ['updating', 'paused'] as const) {
    observer.state = updatingTo('api:v5', state);
    observer.emit();
    await vi.advanceTimersByTimeAsync(1_000);
  }
  await grading[Symbol.asyncDispose]();
  expect(rollouts).toMatchObject([{ outcome: 'paused' }]);
});

function updatingTo(image: string, state: 'updating' | 'completed' | 'paused') {
  const updateStatus = { state, startedAtMs: Date.now(), completedAtMs: null, message: '' };
  return aSnapshot(aSwarm({ services: [aService({ spec: aSpec({ image }), updateStatus })] }));
}
