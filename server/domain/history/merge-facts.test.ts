import { describe, expect, test } from 'vitest';
import type { HistoryFact } from '#contract/swarm-history.ts';
import type { LabSnapshot, SwarmNode, SwarmView, UpdateStatus } from '#contract/swarm-snapshot.ts';
import { aNode, aService, aSnapshot, aSpec, aSwarm, aTask } from '../../../labs/kit/testing/swarm-builder.ts';
import type { EngineEvent } from '../../ports.ts';
import { refusingFromHistory } from './control-facts.ts';
import { type KnownService, knownFromHistory, knownFromService } from './known-services.ts';
import { mergeFacts } from './merge-facts.ts';

const known = (service = aService()): Map<string, KnownService> =>
  new Map([[service.id, knownFromService(service, 'cluster1')]]);

function look(now: LabSnapshot, parts: Partial<Parameters<typeof mergeFacts>[0]> = {}) {
  return mergeFacts({
    before: aSnapshot(),
    now,
    known: known(),
    refusing: new Set(),
    events: [],
    inFlux: new Set(),
    ...parts,
  });
}

function ofType<T extends HistoryFact['type']>(facts: ReturnType<typeof look>, type: T) {
  return facts.facts
    .map(({ fact }) => fact)
    .filter((fact): fact is HistoryFact & { type: T } => fact.type === type);
}

function withService(parts: Parameters<typeof aService>[0]): LabSnapshot {
  return aSnapshot(aSwarm({ services: [aService(parts)] }));
}

function status(state: UpdateStatus['state'], message = ''): UpdateStatus {
  return { state, startedAtMs: 1, completedAtMs: null, message };
}

function event(attributes: Record<string, string>, atMs = 4_000, node = 'node1'): EngineEvent {
  return { node, atMs, type: 'service', action: 'update', id: 'service1', attributes };
}

const updating = event(
  { 'updatestate.new': 'updating', 'image.old': 'api:v1', 'image.new': 'api:v2' },
  4_000,
);
const completed = event({ 'updatestate.old': 'updating', 'updatestate.new': 'completed' }, 4_500);

test('a lab where nothing happens makes no history', () => {
  expect(look(aSnapshot()).facts).toEqual([]);
});

test('the first look tells what there is', () => {
  const first = mergeFacts({
    before: null,
    now: aSnapshot(),
    known: new Map(),
    refusing: new Set(),
    events: [],
    inFlux: new Set(),
  });
  expect(first.facts.map(({ fact }) => fact.type)).toEqual([
    'swarm-state',
    'container',
    'container',
    'node-changed',
    'service-created',
    'task-state',
    'task-state',
    'capacity',
  ]);
});

describe('a changed spec', () => {
  test('is written down with the names of what changed', () => {
    const labels = { 'com.docker.stack.namespace': 'shop', 'com.docker.stack.image': 'api:v2' };
    const facts = look(withService({ spec: aSpec({ image: 'api:v2', labels }) }));
    expect(ofType(facts, 'spec-changed')).toMatchObject([
      { changed: ['labels', 'image'], image: { old: 'api:v1', new: 'api:v2' }, stackImage: 'api:v2' },
    ]);
  });

  test('is written down once, though an event told of it too', () => {
    const now = withService({
      spec: aSpec({ image: 'api:v2' }),
      updateStatus: status('updating', 'update in progress'),
    });
    const first = look(now, { events: [updating] });
    expect(ofType(first, 'spec-changed')).toHaveLength(1);
    expect(ofType(first, 'update-state')).toMatchObject([
      { old: null, new: 'updating', message: 'update in progress', source: 'event' },
    ]);
    expect(look(now, { before: now, known: first.known }).facts).toEqual([]);
  });

  test('between two looks is known from events alone', () => {
    const events = [
      event({ 'image.old': 'api:v1', 'image.new': 'api:v5' }),
      event({ 'image.old': 'api:v5', 'image.new': 'api:v2' }),
    ];
    const facts = look(withService({ spec: aSpec({ image: 'api:v2' }) }), { events });
    expect(ofType(facts, 'spec-changed').map((fact) => fact.image)).toEqual([
      { old: 'api:v1', new: 'api:v5' },
      { old: 'api:v5', new: 'api:v2' },
    ]);
  });
});

describe('update states', () => {
  test('that came and went between two looks are kept, in order and with their times', () => {
    const facts = look(withService({ updateStatus: status('completed', 'update completed') }), {
      events: [updating, completed],
    });
    expect(ofType(facts, 'update-state').map(({ old, new: now }) => [old, now])).toEqual([
      [null, 'updating'],
      ['updating', 'completed'],
    ]);
    expect(facts.facts.filter(({ fact }) => fact.type === 'update-state').map(({ atMs }) => atMs)).toEqual([
      4_000, 4_500,
    ]);
  });

  test('are known from looks where no event came', () => {
    const facts = look(
      withService({ updateStatus: status('rollback_started', 'manually requested rollback') }),
    );
    expect(ofType(facts, 'update-state')).toMatchObject([
      { new: 'rollback_started', message: 'manually requested rollback', source: 'snapshot' },
    ]);
  });

  test('told late by a second manager are not taken for new ones', () => {
    const now = withService({ updateStatus: status('completed', 'update completed') });
    const first = look(now, { events: [updating, completed] });
    const late = { ...updating, node: 'node2', atMs: 4_700 };
    expect(ofType(look(now, { known: first.known, events: [late] }), 'update-state')).toEqual([]);
  });

  test('that a deployment erased are null', () => {
    const before = aService({ updateStatus: status('completed') });
    const erased = event({ 'updatestate.old': 'completed', 'updatestate.new': 'unknown' });
    const facts = look(aSnapshot(), { known: known(before), events: [erased] });
    expect(ofType(facts, 'update-state')).toMatchObject([{ old: 'completed', new: null }]);
  });

  test('of a service in flux wait for the next look, which sees the same changes', () => {
    const now = withService({ spec: aSpec({ env: ['A=1'] }), updateStatus: status('updating') });
    const first = look(now, { inFlux: new Set(['service1']) });
    expect(ofType(first, 'spec-changed')).toEqual([]);
    const second = look(now, { before: now, known: first.known });
    expect(ofType(second, 'spec-changed')).toMatchObject([{ changed: ['env'] }]);
    expect(ofType(second, 'update-state')).toMatchObject([{ new: 'updating' }]);
  });
});

describe('tasks', () => {
  test('that moved on are written down at the swarm’s time, and capacity when it changed', () => {
    const error = 'task: non-zero exit (137): dockerexec: unhealthy container';
    const failed = aTask('task1', { state: 'failed', desiredState: 'shutdown', error, stateAtMs: 4_321 });
    const facts = look(aSnapshot(aSwarm({ tasks: [failed, aTask('task2', { slot: 2 })] })));
    expect(facts.facts).toMatchObject([
      { atMs: 4_321, fact: { type: 'task-state', old: 'running', new: 'failed', error, node: 'node1' } },
      { fact: { type: 'capacity', running: 1, desired: 2, byImage: { 'api:v1': 1 } } },
    ]);
  });

  test('whose health changed are noticed', () => {
    const now = aSnapshot();
    const [node] = now.labNodes;
    const containers = node!.containers.map((one, index) =>
      index === 0 ? { ...one, health: 'unhealthy' as const } : one,
    );
    expect(ofType(look({ ...now, labNodes: [{ ...node!, containers }] }), 'health')).toMatchObject([
      { taskId: 'task1', health: 'unhealthy' },
    ]);
  });
});

describe('a service that is no longer there', () => {
  const silent = aSnapshot(null);
  const [node] = silent.labNodes;
  test('was removed when its cluster says so', () => {
    const facts = look(aSnapshot(aSwarm({ services: [], tasks: [] })));
    expect(ofType(facts, 'service-removed')).toMatchObject([{ service: { name: 'shop_api' } }]);
    expect(facts.known.size).toBe(0);
  });
  test('was removed when its node left the swarm', () => {
    expect(ofType(look(silent), 'service-removed')).toHaveLength(1);
  });
  test('is not gone because its node is silent or has no leader', () => {
    const noAnswer = { ...silent, labNodes: [{ ...node!, answers: false }] };
    const noLeader = {
      ...silent,
      labNodes: [{ ...node!, swarmState: 'active' as const, controlError: 'no leader' }],
    };
    for (const now of [noAnswer, noLeader]) {
      const facts = look(now);
      expect(ofType(facts, 'service-removed')).toEqual([]);
      expect(facts.known.size).toBe(1);
    }
  });
});

test('members that changed or left are written down', () => {
  const before = aSnapshot(aSwarm({ nodes: [aNode('node1'), aNode('node2', { leader: false })] }));
  const now = aSnapshot(aSwarm({ nodes: [aNode('node1', { availability: 'drain' })] }));
  const facts = look(now, { before });
  expect(ofType(facts, 'node-changed')).toMatchObject([{ node: 'node1', availability: 'drain' }]);
  expect(ofType(facts, 'node-removed')).toEqual([{ type: 'node-removed', node: 'node2' }]);
});

test('after a restart the history goes on where it ended', () => {
  const service = { id: 'service1', name: 'shop_api' };
  const rebuilt = knownFromHistory([
    {
      atMs: 1,
      seq: 1,
      type: 'service-created',
      service,
      image: 'api:v0',
      stackImage: null,
      replicas: 2,
      updateConfig: null,
      rollbackConfig: null,
    },
    {
      atMs: 2,
      seq: 2,
      type: 'spec-changed',
      service,
      changed: ['image'],
      image: { old: 'api:v0', new: 'api:v1' },
      replicas: { old: 2, new: 2 },
      stackImage: null,
      updateConfig: null,
      rollbackConfig: null,
    },
  ]);
  const same = mergeFacts({
    before: null,
    now: aSnapshot(),
    known: rebuilt,
    refusing: new Set(),
    events: [],
    inFlux: new Set(),
  });
  expect(ofType(same, 'service-created')).toEqual([]);
  expect(ofType(same, 'spec-changed')).toEqual([]);
  const now = withService({ spec: aSpec({ image: 'api:v2' }), updateStatus: status('completed') });
  const missed = mergeFacts({
    before: null,
    now,
    known: rebuilt,
    refusing: new Set(),
    events: [],
    inFlux: new Set(),
  });
  expect(ofType(missed, 'spec-changed')).toMatchObject([
    { changed: ['image'], image: { old: 'api:v1', new: 'api:v2' } },
  ]);
  expect(ofType(missed, 'update-state')).toMatchObject([{ old: null, new: 'completed' }]);
});

describe('capacity', () => {
  const withNode = (state: SwarmNode['state']): LabSnapshot =>
    aSnapshot(
      aSwarm({
        nodes: [aNode('node1'), aNode('node2', { state, leader: false })],
        tasks: [aTask('task1'), aTask('task2', { slot: 2, nodeId: 'node2' })],
      }),
    );

  test('leaves out the tasks of a dead node, which are listed as running for ever', () => {
    const facts = look(withNode('down'), { before: withNode('ready') });
    expect(ofType(facts, 'capacity')).toMatchObject([{ running: 1, desired: 2 }]);
  });

  test('does not fall because a new leader has not heard of a node yet', () => {
    expect(ofType(look(withNode('unknown'), { before: withNode('ready') }), 'capacity')).toEqual([]);
  });
});

describe('containers of tasks', () => {
  const one = aSnapshot(aSwarm({ tasks: [aTask('task1')] }));
  const node = one.labNodes[0]!;
  const withContainers = (state: string | null, answers = true): LabSnapshot => ({
    ...one,
    labNodes: [{ ...node, answers, containers: state === null ? [] : [{ ...node.containers[0]!, state }] }],
  });

  test('are written down when they change and when they are listed no more', () => {
    const ended = look(withContainers('exited'), { before: one });
    const fact = { labNode: 'node1', containerId: 'container-of-task1', taskId: 'task1' };
    expect(ofType(ended, 'container')).toEqual([{ type: 'container', ...fact, state: 'exited' }]);
    const gone = look(withContainers(null), { before: one });
    expect(ofType(gone, 'container')).toEqual([{ type: 'container', ...fact, state: 'gone' }]);
  });

  test('do not end because their node is silent', () => {
    expect(ofType(look(withContainers(null, false), { before: one }), 'container')).toEqual([]);
  });

  test('are known without quorum too', () => {
    const facts = look({ ...withContainers('exited'), swarms: [] }, { before: one });
    expect(ofType(facts, 'container')).toHaveLength(1);
    expect(ofType(facts, 'service-removed')).toEqual([]);
  });
});

describe('a manager that can not answer for its cluster', () => {
  const NO_LEADER = 'rpc error: The swarm does not have a leader.';
  const refusing = (controlError: string | null, swarm: SwarmView | null = null): LabSnapshot => {
    const snapshot = aSnapshot();
    const labNodes = snapshot.labNodes.map((node) => ({ ...node, clusterId: null, controlError }));
    return { ...snapshot, labNodes, swarms: swarm === null ? [] : [swarm] };
  };

  test('is written down once, and once more when it answers again', () => {
    const lost = look(refusing(NO_LEADER));
    expect(ofType(lost, 'control')).toEqual([
      { type: 'control', labNode: 'node1', answers: false, error: NO_LEADER },
    ]);
    const still = look(refusing(NO_LEADER), { refusing: lost.refusing });
    expect(ofType(still, 'control')).toEqual([]);
    const back = look(refusing(null, aSwarm()), { refusing: still.refusing });
    expect(ofType(back, 'control')).toMatchObject([{ labNode: 'node1', answers: true }]);
  });

  test('is told from an engine that is only slow', () => {
    expect(ofType(look(refusing('The operation was aborted due to timeout')), 'control')).toEqual([]);
  });

  test('is remembered across a restart of the server', () => {
    const entry = { type: 'control', labNode: 'node1', error: null } as const;
    const history = [
      { atMs: 1, seq: 1, ...entry, answers: false },
      { atMs: 2, seq: 2, ...entry, answers: true },
      { atMs: 3, seq: 3, ...entry, answers: false },
    ];
    expect([...refusingFromHistory(history)]).toEqual(['node1']);
    expect([...refusingFromHistory(history.slice(0, 2))]).toEqual([]);
  });
});

test('a service known from an earlier run is not gone because the other cluster answers', () => {
  const known = new Map([
    ['service9', { ...knownFromService(aService({ id: 'service9' }), 'x'), clusterId: null }],
  ]);
  const snapshot = aSnapshot();
  const silent = { ...snapshot.labNodes[0]!, name: 'node2', answers: false, controlAvailable: false };
  const half = { ...snapshot, labNodes: [...snapshot.labNodes, silent] };
  expect(ofType(look(half, { known }), 'service-removed')).toEqual([]);
  expect(ofType(look(snapshot, { known }), 'service-removed')).toHaveLength(1);
});

test('services of the same name in two clusters keep apart', () => {
  const other = aSwarm({
    clusterId: 'cluster2',
    askedNode: 'node2',
    services: [aService({ id: 'service2', spec: aSpec({ image: 'api:v2' }) })],
    tasks: [aTask('task9', { serviceId: 'service2', image: 'api:v2' })],
  });
  const both = (swarm = aSwarm()): LabSnapshot => ({ ...aSnapshot(), swarms: [swarm, other] });
  const known = new Map([
    ['service1', knownFromService(aService(), 'cluster1')],
    ['service2', knownFromService(other.services[0]!, 'cluster2')],
  ]);
  const facts = look(both(aSwarm({ services: [aService({ spec: aSpec({ image: 'api:v3' }) })] })), {
    before: both(),
    known,
  });
  expect(ofType(facts, 'spec-changed')).toMatchObject([
    { service: { id: 'service1' }, image: { old: 'api:v1', new: 'api:v3' } },
  ]);
  expect(ofType(facts, 'service-created')).toEqual([]);
  expect(ofType(look({ ...both(), swarms: [other] }, { before: both(), known }), 'service-removed')).toEqual(
    [],
  );
});
