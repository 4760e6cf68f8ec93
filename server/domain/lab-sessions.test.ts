import { expect, test } from 'vitest';
import type { LabEvent } from '#contract/api.ts';
import { labFixture } from '../testing/lab-fixture.ts';
import { LabError } from './lab-error.ts';

async function readySession(fixture: ReturnType<typeof labFixture>) {
  const session = await fixture.sessions.start(fixture.learner.id, 'numbers');
  await session.settled();
  return session;
}

test('starting a lab twice gives the learner the same session', async () => {
  const fixture = labFixture();
  const session = await readySession(fixture);
  expect(session.status.state).toBe('ready');
  expect(await fixture.sessions.start(fixture.learner.id, 'numbers')).toBe(session);
  expect(fixture.host.environments.size).toBe(1);
});

test('a session of somebody else looks like one that does not exist', async () => {
  const fixture = labFixture();
  const session = await readySession(fixture);
  expect(() => fixture.sessions.get(session.id, fixture.stranger)).toThrow(
    expect.objectContaining({ code: 'LAB_SESSION_UNKNOWN' }),
  );
});

test('a failed start is a state with its reason, and reset leads out of it', async () => {
  const fixture = labFixture();
  fixture.host.failCreateWith = new LabError('LAB_START_FAILED', 'no image');
  const session = await readySession(fixture);
  expect(session.status).toMatchObject({ state: 'failed', code: 'LAB_START_FAILED' });
  fixture.host.failCreateWith = null;
  fixture.sessions.reset(session);
  await session.settled();
  expect(session.status.state).toBe('ready');
});

test('a full machine refuses with the figures and makes nothing', async () => {
  const fixture = labFixture();
  fixture.host.capacityNow = { ...fixture.host.capacityNow, memoryAvailableBytes: 100 };
  await expect(fixture.sessions.start(fixture.learner.id, 'numbers')).rejects.toMatchObject({
    code: 'LAB_CAPACITY_REACHED',
    params: { running: 0, limit: 0 },
  });
  expect(fixture.host.environments.size).toBe(0);
  expect(fixture.sessions.listOf(fixture.learner.id)).toEqual([]);
});

test('two windows that start at once get one lab', async () => {
  const fixture = labFixture();
  const start = () => fixture.sessions.start(fixture.learner.id, 'numbers');
  const [one, other] = await Promise.all([start(), start()]);
  expect(one).toBe(other);
});

test('reset swaps the environment, counts the generation and ends the old terminals', async () => {
  const fixture = labFixture();
  const session = await readySession(fixture);
  const before = session.running.environment;
  await fixture.terminals.open(session.id, before.nodes[0]!);
  fixture.sessions.reset(session);
  expect(() => fixture.sessions.reset(session)).toThrow(expect.objectContaining({ code: 'LAB_BUSY' }));
  await session.settled();
  expect(session.generation).toBe(2);
  expect(session.running.environment.id).not.toBe(before.id);
  expect(session.view().terminals).toEqual([]);
  expect(fixture.grading.started[0]?.disposed).toBe(true);
  await fixture.sessions.stop('keep');
  expect([...fixture.host.environments.keys()]).toEqual([session.running.environment.id]);
});

test('a connected page sees the whole state first and every step after it', async () => {
  const fixture = labFixture();
  const session = await fixture.sessions.start(fixture.learner.id, 'numbers');
  const seen: LabEvent[] = [];
  session.connect((event) => seen.push(event));
  await session.settled();
  const states = seen.flatMap((event) => (event.type === 'session' ? [event.session.status.state] : []));
  expect(seen[0]?.type).toBe('session');
  expect(states.at(-1)).toBe('ready');
});

test('a page that comes later gets the map that is known, and every map after it', async () => {
  const fixture = labFixture();
  const session = await readySession(fixture);
  const maps: unknown[] = [];
  const grading = fixture.grading.started[0]!;
  const map = { takenAtMs: 1, labNodes: [], swarms: [] };
  grading.shown = { ...grading.shown, map };
  expect(grading.session.isWatched()).toBe(false);
  const leave = session.connect((event) => event.type === 'map' && maps.push(event.map));
  expect(grading.session.isWatched()).toBe(true);
  grading.session.onMap({ ...map, takenAtMs: 2 });
  leave();
  grading.session.onMap({ ...map, takenAtMs: 3 });
  expect(maps).toEqual([map, { ...map, takenAtMs: 2 }]);
});

test('an idle lab is paused, wakes for its learner, and is closed when nobody comes back', async () => {
  const fixture = labFixture();
  const session = await readySession(fixture);
  const leave = session.connect(() => {});
  fixture.time.nowMs += 120_000;
  await fixture.upkeep.sweep();
  expect(session.status.state, 'a connected page keeps it awake').toBe('ready');
  leave();
  fixture.time.nowMs += 120_000;
  await fixture.upkeep.sweep();
  expect(session.status.state).toBe('paused');
  await fixture.sessions.resume(session);
  expect(session.status.state).toBe('ready');
  fixture.time.nowMs += 4_000_000;
  await fixture.upkeep.sweep();
  expect(session.status.state).toBe('closed');
  expect(fixture.host.environments.size).toBe(0);
});

test('after a crash the server adopts its labs, with their shells, and removes what nobody owns', async () => {
  const before = labFixture();
  const session = await readySession(before);
  await before.host.create({ id: 'halfmade', definition: session.definition, filesFolder: '/nowhere' });
  const after = labFixture({ database: before.database, host: before.host });
  await after.upkeep.adopt();
  const adopted = after.sessions.get(session.id, before.learner.id);
  expect(adopted.status.state).toBe('ready');
  expect(adopted.generation).toBe(session.generation);
  expect(after.terminals.adopted).toEqual([session.id]);
  expect([...after.host.environments.keys()]).toEqual([session.running.environment.id]);
});

test('a lab whose nodes vanished fails with a reason; one whose nodes stopped is started again', async () => {
  const fixture = labFixture();
  const session = await readySession(fixture);
  const { environment } = session.running;
  fixture.host.environments.set(environment.id, {
    ...environment,
    state: 'stopped',
    stoppedNodes: ['node1'],
  });
  await fixture.upkeep.sweep();
  expect(session.status.state).toBe('ready');
  expect(fixture.host.environments.get(environment.id)?.state).toBe('running');
  fixture.host.environments.clear();
  await fixture.upkeep.sweep();
  expect(session.status).toMatchObject({ state: 'failed', code: 'LAB_NODE_UNREACHABLE' });
});

test('an engine that does not answer takes no lab away', async () => {
  const fixture = labFixture();
  const session = await readySession(fixture);
  fixture.host.engineAnswers = false;
  await fixture.upkeep.sweep();
  expect(session.status.state).toBe('ready');
});

test('a start claims a warm lab and the pool fills up again', async () => {
  const fixture = labFixture({ warm: 1 });
  const { definition } = await readySession(fixture);
  await expect.poll(() => fixture.pool.size).toBe(1);
  const warm = new Set(fixture.host.environments.keys());
  const session = fixture.sessions.listOf(fixture.learner.id)[0]!;
  fixture.sessions.reset(session);
  await session.settled();
  expect(warm.has(session.running.environment.id)).toBe(true);
  expect(definition.id).toBe('numbers');
  await fixture.pool.drain();
  await fixture.sessions.stop('close');
  expect(fixture.host.environments.size).toBe(0);
});
