import { expect, test } from 'vitest';
import { classmates, labFixture, memoryFor, placeOf, readyLab } from '../testing/lab-fixture.ts';
import { LabError } from './lab-error.ts';
import type { LabSession } from './lab-session.ts';

type Fixture = ReturnType<typeof labFixture>;

const states = (sessions: readonly LabSession[]) => sessions.map(({ status }) => status.state);
const positions = (sessions: readonly LabSession[]) =>
  sessions.map((session) => placeOf(session)?.position ?? null);

/** One lab after the other, so that their order is known. */
async function startAll(fixture: Fixture, count: number, lab = 'numbers'): Promise<LabSession[]> {
  const sessions: LabSession[] = [];
  for (const learner of classmates(fixture, count)) {
    const session = await fixture.sessions.start(learner, lab);
    session.connect(() => {});
    sessions.push(session);
    fixture.time.nowMs += 1;
  }
  return sessions;
}

/** The first labs are ready, the others wait. */
async function fullMachine(fixture: Fixture, running: number, count: number): Promise<LabSession[]> {
  const sessions = await startAll(fixture, count);
  await Promise.all(sessions.slice(0, running).map((session) => session.settled()));
  await expect.poll(() => positions(sessions.slice(running))[0]).toBe(1);
  return sessions;
}

test('first come, first served: each lab that closes lets the next one in', async () => {
  const fixture = labFixture({ maxLabs: 2 });
  const sessions = await fullMachine(fixture, 2, 5);
  expect(positions(sessions)).toEqual([null, null, 1, 2, 3]);
  expect(placeOf(sessions[4]!)).toMatchObject({ waiting: 3, lacks: 'places', open: 2 });
  await fixture.sessions.close(sessions[0]!);
  await expect
    .poll(() => states(sessions))
    .toEqual(['closed', 'ready', 'ready', 'provisioning', 'provisioning']);
  await expect.poll(() => positions(sessions)).toEqual([null, null, null, 1, 2]);
});

test('a burst of a class is created in order, so many at a time, and never beyond the memory', async () => {
  const fixture = labFixture({ parallelStarts: 2 });
  memoryFor(fixture, 10);
  const gate = Promise.withResolvers<void>();
  fixture.host.createGate = gate.promise;
  const sessions = await startAll(fixture, 30);
  await expect.poll(() => positions(sessions).slice(0, 4)).toEqual([null, null, 1, 2]);
  expect(placeOf(sessions[2]!)).toMatchObject({ lacks: 'turn' });
  gate.resolve();
  await expect.poll(() => states(sessions).filter((state) => state === 'ready').length).toBe(10);
  expect(states(sessions.slice(0, 10))).toEqual(Array(10).fill('ready'));
  expect(positions(sessions.slice(10, 12))).toEqual([1, 2]);
  expect(fixture.host.mostAtOnce).toBe(2);
});

test('memory that a lab under way will take is not given to a second one', async () => {
  const fixture = labFixture({ parallelStarts: 4 });
  memoryFor(fixture, 3);
  const gate = Promise.withResolvers<void>();
  fixture.host.createGate = gate.promise;
  const [first, second] = await startAll(fixture, 2, 'quorum');
  await expect.poll(() => placeOf(second!)).toMatchObject({ position: 1, lacks: 'memory', open: 1 });
  gate.resolve();
  await first!.settled();
  expect(second!.status.state).toBe('provisioning');
  expect(fixture.host.environments.size).toBe(1);
});

test('small labs pass a large one a few times, then room is kept for it', async () => {
  const fixture = labFixture();
  memoryFor(fixture, 5);
  const mine = await readyLab(fixture, 'quorum');
  mine.connect(() => {});
  const [large, ...small] = classmates(fixture, 7);
  const waiting = await fixture.sessions.start(large!, 'quorum');
  waiting.connect(() => {});
  const passing: LabSession[] = [];
  for (const learner of small) {
    const session = await fixture.sessions.start(learner, 'numbers');
    session.connect(() => {});
    passing.push(session);
    await expect.poll(() => session.status.state === 'ready' || placeOf(session) !== null).toBe(true);
    // Whoever passed has had enough of it soon: small labs come and go.
    if (session.status.state === 'ready') await fixture.sessions.close(session);
  }
  expect(states(passing)).toEqual([...Array(3).fill('closed'), ...Array(3).fill('provisioning')]);
  await fixture.sessions.close(mine);
  await expect.poll(() => waiting.status.state).toBe('ready');
  await expect.poll(() => states(passing).filter((state) => state === 'ready').length).toBe(2);
});

test('a reset keeps its place, whoever waits', async () => {
  const fixture = labFixture();
  memoryFor(fixture, 3);
  const [mine, next] = await startAll(fixture, 2, 'quorum');
  await expect.poll(() => positions([mine!, next!])).toEqual([null, 1]);
  fixture.sessions.reset(mine!);
  await mine!.settled();
  expect(mine!.view()).toMatchObject({ status: { state: 'ready' }, generation: 2 });
  expect(positions([next!])).toEqual([1]);
});

test('a learner waits in one place: a second start is refused, and leaving lets the next one move up', async () => {
  const fixture = labFixture({ maxLabs: 1 });
  const sessions = await fullMachine(fixture, 1, 3);
  const { learnerId } = sessions[1]!;
  await expect(fixture.sessions.start(learnerId, 'quorum')).rejects.toMatchObject({
    code: 'LAB_ALREADY_WAITING',
  });
  expect(await fixture.sessions.start(learnerId, 'numbers')).toBe(sessions[1]);
  await fixture.sessions.close(sessions[1]!);
  expect(sessions[1]!.status).toMatchObject({ state: 'closed' });
  expect(sessions[1]!.why).toBeNull();
  await expect.poll(() => positions(sessions)).toEqual([null, null, 1]);
});

test('whoever is away for two minutes leaves the queue, and reads so on coming back', async () => {
  const fixture = labFixture({ maxLabs: 1 });
  const [first, patient] = await fullMachine(fixture, 1, 2);
  const away = await fixture.sessions.start(fixture.learner.id, 'numbers');
  await expect.poll(() => positions([away])).toEqual([2]);
  fixture.time.nowMs += 119_000;
  await fixture.upkeep.sweep();
  expect(away.status.state).toBe('provisioning');
  fixture.time.nowMs += 2_000;
  await fixture.upkeep.sweep();
  expect(states([first!, patient!, away])).toEqual(['ready', 'provisioning', 'closed']);
  expect(fixture.sessions.viewsOf(fixture.learner.id)).toMatchObject([
    { lab: 'numbers', status: { state: 'closed', why: { cause: 'left-queue', afterMs: 120_000 } } },
  ]);
});

test('the queue survives a restart of the server in its order', async () => {
  const before = labFixture({ maxLabs: 1 });
  const sessions = await fullMachine(before, 1, 4);
  await before.sessions.stop('keep');
  expect(states(sessions.slice(1))).toEqual(Array(3).fill('provisioning'));
  const after = labFixture({ maxLabs: 1, database: before.database, host: before.host });
  await after.upkeep.adopt();
  const again = sessions.map(({ id, learnerId }) => after.sessions.get(id, learnerId));
  await expect.poll(() => positions(again)).toEqual([null, 1, 2, 3]);
  await after.sessions.close(again[0]!);
  await expect.poll(() => again[1]!.status.state).toBe('ready');
});

test('a warm lab goes to who waits longest, and counts as a place', async () => {
  const fixture = labFixture({ warm: 1, maxLabs: 1 });
  fixture.pool.fill(fixture.parts.definitionOf('numbers')!);
  await expect.poll(() => fixture.pool.size).toBe(1);
  const sessions = await fullMachine(fixture, 1, 3);
  await expect.poll(() => fixture.pool.size).toBe(1);
  expect(placeOf(sessions[1]!)).toMatchObject({ position: 1, lacks: 'places' });
  const [warm] = [...fixture.host.environments.keys()].filter((id) => id !== sessions[0]!.environment?.id);
  await fixture.sessions.close(sessions[0]!);
  await expect.poll(() => sessions[1]!.status.state).toBe('ready');
  expect(sessions[1]!.environment?.id).toBe(warm);
});

test('a lab that was being created when the engine was lost is created by the next start', async () => {
  const fixture = labFixture();
  const gate = Promise.withResolvers<void>();
  fixture.host.createGate = gate.promise;
  const session = await fixture.sessions.start(fixture.learner.id, 'numbers');
  await expect.poll(() => fixture.host.mostAtOnce).toBe(1);
  fixture.sessions.leave();
  gate.reject(new LabError('ENGINE_UNREACHABLE', 'lost'));
  await session.settled();
  expect(session.status.state).toBe('provisioning');
  const after = labFixture({ database: fixture.database });
  await after.upkeep.adopt();
  await expect.poll(() => after.sessions.all().map(({ status }) => status.state)).toEqual(['ready']);
  expect(after.sessions.all()[0]?.id).toBe(session.id);
});

test('the wait is estimated from labs that ended and that nobody is at, else not at all', async () => {
  const fixture = labFixture({ maxLabs: 4 });
  const sessions = await fullMachine(fixture, 4, 6);
  expect(placeOf(sessions[5]!)?.expectedWaitMs).toBeNull();
  const others = await startAll(labFixture(), 0);
  expect(others).toEqual([]);
  // Three labs end within ten minutes: the next places can be expected every 200 seconds.
  for (const session of sessions.slice(0, 2)) {
    await fixture.sessions.close(session);
    fixture.time.nowMs += 200_000;
  }
  await fixture.sessions.close(sessions[2]!);
  fixture.time.nowMs += 200_000;
  expect(fixture.sessions.queue.estimate.of(sessions[5]!, 2, 'places')).toBe(400_000);
});

test('a learner has so many labs at a time; one that stands unused makes place for the next', async () => {
  const fixture = labFixture({ labsPerLearner: 1 });
  const numbers = await readyLab(fixture, 'numbers');
  const leave = numbers.connect(() => {});
  await expect(fixture.sessions.start(fixture.learner.id, 'quorum')).rejects.toMatchObject({
    code: 'LAB_LIMIT_REACHED',
    params: { limit: 1 },
  });
  leave();
  const quorum = await readyLab(fixture, 'quorum');
  expect(states([numbers, quorum])).toEqual(['closed', 'ready']);
  expect(numbers.why).toEqual({ cause: 'room', title: quorum.definition.title });
});

test('an engine that is away for a moment takes nobody’s place', async () => {
  const fixture = labFixture({ maxLabs: 1 });
  const sessions = await fullMachine(fixture, 1, 2);
  const { capacity } = fixture.host;
  fixture.host.capacity = () => Promise.reject(new Error('no answer'));
  fixture.sessions.queue.serve();
  await expect.poll(() => JSON.stringify(fixture.logged)).toContain('queue could not be served');
  fixture.host.capacity = capacity;
  await fixture.sessions.close(sessions[0]!);
  await expect.poll(() => sessions[1]!.status.state).toBe('ready');
});
