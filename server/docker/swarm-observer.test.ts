import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineEvent, LabNodeRef } from '../ports.ts';
import { MAX_RESPONSE_BYTES } from './inner-engine.ts';
import { parseEvent } from './swarm-events.ts';
import { SwarmObserver } from './swarm-observer.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let folder: string;
let engine: Server;
let observer: SwarmObserver;
let node: LabNodeRef;
/** What the engine answers, by the path without version and query. */
let answers: Record<string, Answer>;
let calls: string[];

const json =
  (body: unknown, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

const ping =
  (swarm: string): Answer =>
  (_request, response) =>
    void response.writeHead(200, { swarm }).end('OK');

const info = {
  Swarm: {
    LocalNodeState: 'active',
    ControlAvailable: true,
    NodeID: 'n1',
    Cluster: { ID: 'c1' },
    Managers: 1,
    Nodes: 1,
  },
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'observer-'));
  node = {
    environmentId: 'e',
    name: 'node1',
    containerId: 'c',
    engineSocket: join(folder, 'engine.sock'),
    terminalFolder: null,
  };
  observer = new SwarmObserver();
  calls = [];
  answers = {
    '/_ping': ping('active/manager'),
    '/info': json(info),
    '/services': json([{ ID: 's1', Spec: { Name: 'shop_api', Mode: { Replicated: { Replicas: 2 } } } }]),
    '/tasks': json([]),
    '/nodes': json([{ ID: 'n1', Description: { Hostname: 'node1' }, Status: { State: 'ready' } }]),
    '/networks': json([]),
    '/containers/json': json([]),
  };
  engine = createServer((request, response) => {
    const path = (request.url ?? '').replace(/^\/v1\.\d+/, '').replace(/\?.*/, '');
    calls.push(path);
    const answer = answers[path];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => engine.listen(node.engineSocket, resolve));
});

afterEach(async () => {
  observer.close();
  engine.closeAllConnections();
  await new Promise((resolve) => engine.close(resolve));
  await rm(folder, { recursive: true });
});

const look = () => observer.snapshot([node], AbortSignal.timeout(5_000));

test('a manager tells of its swarm', async () => {
  const snapshot = await look();
  expect(snapshot.labNodes[0]).toMatchObject({
    answers: true,
    clusterId: 'c1',
    swarmNodeId: 'n1',
    controlError: null,
  });
  expect(snapshot.swarms[0]).toMatchObject({ askedNode: 'node1', services: [{ name: 'shop_api' }] });
});

test('what a node says of itself is asked once as long as a ping confirms it', async () => {
  await look();
  await look();
  expect(calls.filter((path) => path === '/info')).toHaveLength(1);
  answers['/_ping'] = ping('inactive');
  answers['/info'] = json({ Swarm: { LocalNodeState: 'inactive' } });
  expect((await look()).labNodes[0]).toMatchObject({ swarmState: 'inactive' });
  expect((await look()).swarms).toEqual([]);
});

test('a node that left one swarm and made another is not taken for the old member', async () => {
  await look();
  answers['/nodes'] = json([{ ID: 'n2' }]);
  answers['/info'] = json({ Swarm: { ...info.Swarm, NodeID: 'n2', Cluster: { ID: 'c2' } } });
  await look();
  expect((await look()).swarms[0]).toMatchObject({ clusterId: 'c2' });
});

describe('never throws, and says what it saw', () => {
  test('when nobody listens', async () => {
    const gone = { ...node, engineSocket: join(folder, 'gone.sock') };
    const snapshot = await observer.snapshot([gone, node], AbortSignal.timeout(5_000));
    expect(snapshot.labNodes.map((view) => view.answers)).toEqual([false, true]);
    expect(snapshot.swarms).toHaveLength(1);
  });

  test('when the engine hangs', async () => {
    answers['/_ping'] = () => {};
    const snapshot = await observer.snapshot([node], AbortSignal.timeout(200));
    expect(snapshot.labNodes[0]).toMatchObject({ answers: false, containers: [] });
  });

  test('when there is no quorum', async () => {
    const message = 'rpc error: The swarm does not have a leader.';
    for (const path of ['/services', '/tasks', '/nodes']) answers[path] = json({ message }, 500);
    const snapshot = await look();
    expect(snapshot.labNodes[0]).toMatchObject({
      answers: true,
      controlAvailable: true,
      controlError: message,
    });
    expect(snapshot.swarms).toEqual([]);
  });

  test.each<[string, Answer]>([
    ['no JSON', (_request, response) => void response.end('<html>')],
    ['JSON of another shape', json({ services: 1 })],
    ['nothing at all', (request) => void request.socket.destroy()],
    [
      'more than anybody needs',
      (_request, response) => void response.end(`["${'x'.repeat(MAX_RESPONSE_BYTES)}"]`),
    ],
  ])('when an answer is %s', async (_what, answer) => {
    answers['/services'] = answer;
    const snapshot = await look();
    expect(snapshot.labNodes[0]).toMatchObject({ answers: true, controlError: expect.any(String) });
    expect(snapshot.swarms).toEqual([]);
  });

  test('when every field is of the wrong type', async () => {
    const nonsense = [
      null,
      7,
      'x',
      [],
      { ID: 5, Spec: [], UpdateStatus: 'no', Status: null, Labels: { a: 1 } },
    ];
    for (const path of ['/services', '/tasks', '/nodes', '/networks', '/containers/json'])
      answers[path] = json(nonsense);
    const snapshot = await look();
    expect(snapshot.swarms[0]?.services).toHaveLength(5);
    expect(snapshot.swarms[0]?.services[0]).toMatchObject({ id: '', name: '', updateStatus: null });
  });
});

test('lists come in a fixed order, so that equal states are equal snapshots', async () => {
  answers['/tasks'] = json([{ ID: 'b' }, { ID: 'a' }]);
  expect((await look()).swarms[0]?.tasks.map((task) => task.id)).toEqual(['a', 'b']);
});

test.each([
  ['Up 5 seconds (healthy)', 'healthy'],
  ['Up 5 seconds (unhealthy)', 'unhealthy'],
  ['Up 2 seconds (health: starting)', 'starting'],
  ['Up 5 seconds', 'none'],
  ['Exited (137) 2 seconds ago', 'none'],
])('a container that is %j has health %s', async (Status, health) => {
  answers['/containers/json'] = json([{ Id: 'c1', Status, Labels: { 'com.docker.swarm.task.id': 't1' } }]);
  expect((await look()).labNodes[0]?.containers).toMatchObject([{ taskId: 't1', health }]);
});

describe('events', () => {
  test('are followed over a broken connection, until nobody wants them', async () => {
    let streams = 0;
    answers['/events'] = (_request, response) => {
      streams++;
      response.writeHead(200);
      response.write(
        `${JSON.stringify({ Type: 'service', Action: 'update', Actor: { ID: `s${streams}` } })}\n`,
      );
      response.write('not JSON\n');
      setTimeout(() => response.destroy(), 20);
    };
    const seen: EngineEvent[] = [];
    const stop = new AbortController();
    observer.watch([node], (event) => seen.push(event), stop.signal);
    await expect.poll(() => streams, { timeout: 5_000 }).toBeGreaterThanOrEqual(2);
    stop.abort();
    expect(seen.slice(0, 2)).toMatchObject([
      { type: 'connected', node: 'node1' },
      { type: 'service', action: 'update', id: 's1' },
    ]);
  });

  test('carry time and attributes; what is no event is skipped', () => {
    const line = JSON.stringify({
      Type: 'service',
      Action: 'update',
      Actor: { ID: 's1', Attributes: { 'updatestate.new': 'completed', odd: 1 } },
      timeNano: 1_795_383_043_893 * 1_000_000,
    });
    expect(parseEvent('node1', line)).toEqual({
      node: 'node1',
      atMs: 1_795_383_043_893,
      type: 'service',
      action: 'update',
      id: 's1',
      attributes: { 'updatestate.new': 'completed' },
    });
    for (const other of ['', '{', 'null', '[]', '{"Type":"image"}'])
      expect(parseEvent('node1', other)).toBeNull();
  });
});
