import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeEngine, json } from '../testing/fake-engine.ts';
import { holdHeartbeats, releaseHeartbeats } from './heartbeat-hold.ts';
import { InnerEngines } from './inner-engine.ts';

const DAY_NS = 86_400e9;
let folder: string;
let engine: FakeEngine;
let engines: InnerEngines;
/** What the swarm stores, and what was sent last. */
let spec: Record<string, unknown>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-'));
  engine = await FakeEngine.manager(folder, 'node1', 'c1');
  engines = new InnerEngines();
  // A period so short that the test need not wait for it to spread.
  spec = { Name: 'default', Dispatcher: { HeartbeatPeriod: 7e6 }, TaskDefaults: {} };
  engine.answers['/swarm'] = (_request, response) =>
    void response.end(JSON.stringify({ ID: 'c1', Version: { Index: 9 }, Spec: spec }));
  engine.answers['/swarm/update'] = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    spec = JSON.parse(body);
    response.end();
  };
});

afterEach(async () => {
  engines.close();
  await engine[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const signal = (): AbortSignal => AbortSignal.timeout(9_000);

test("the learner's own period is back after a pause, and nothing else has changed", async () => {
  const before = structuredClone(spec);
  await holdHeartbeats(engines, [engine.node], signal());
  expect(spec).toEqual({ ...before, Dispatcher: { HeartbeatPeriod: DAY_NS + 7e6 } });
  await holdHeartbeats(engines, [engine.node], signal());
  expect(spec).toEqual({ ...before, Dispatcher: { HeartbeatPeriod: DAY_NS + 7e6 } });
  expect(await releaseHeartbeats(engines, [engine.node], signal())).toBe(true);
  expect(spec).toEqual(before);
  expect(await releaseHeartbeats(engines, [engine.node], signal())).toBe(false);
});

test('a lab without swarm, or with its nodes off, is left alone at once', async () => {
  engine.answers['/swarm'] = json(
    { message: 'This node is not a swarm manager. Use "docker swarm init"' },
    503,
  );
  const off = { ...engine.node, engineSocket: join(folder, 'off.sock') };
  const from = performance.now();
  await holdHeartbeats(engines, [engine.node, off], signal());
  expect(await releaseHeartbeats(engines, [engine.node, off], signal())).toBe(false);
  expect(performance.now() - from).toBeLessThan(1_000);
});
