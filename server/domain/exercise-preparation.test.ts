import { expect, test } from 'vitest';
import { labFixture, readyLab } from '../testing/lab-fixture.ts';
import { LabError } from './lab-error.ts';

const graded = (fixture: ReturnType<typeof labFixture>) => fixture.grading.started.at(-1)!;

test('preparing replays the way to the start on a fresh lab and makes the exercise the active one', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'numbers');
  const before = session.running.environment.id;
  const steps: string[] = [];
  session.connect((event) => {
    if (event.type !== 'session') return;
    const { status } = event.session;
    steps.push(status.state === 'resetting' ? status.step : status.state);
  });
  fixture.sessions.prepare(session, '14.1-health');
  await session.settled();
  expect(fixture.shell.ran).toEqual([{ node: 'node1', script: 'deploy' }]);
  expect(session.running.environment.id).not.toBe(before);
  expect(session.view()).toMatchObject({ activeExercise: '14.1-health', generation: 2 });
  expect(graded(fixture).activated, 'the start is taken after the replay').toEqual(['14.1-health']);
  expect(steps.at(-2)).toBe('replaying');
  expect(steps.at(-1)).toBe('ready');
  await fixture.sessions.stop('keep');
  expect(fixture.host.environments.size).toBe(1);
});

test('the exercise begins when its start is reached, not when the script ends', async () => {
  const fixture = labFixture();
  fixture.grading.whenStarted = (grading) => {
    grading.atStart = false;
  };
  const session = await readyLab(fixture, 'numbers');
  fixture.sessions.prepare(session, '14.1-health');
  await expect.poll(() => fixture.shell.ran.length).toBe(1);
  await expect.poll(() => session.status).toMatchObject({ state: 'resetting', step: 'replaying' });
  expect(graded(fixture).activated).toEqual([]);
  graded(fixture).atStart = true;
  await session.settled();
  expect(session.status.state).toBe('ready');
});

test('a script that fails is a state with its reason, leaves nothing behind, and reset leads out of it', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'numbers');
  fixture.shell.exitCode = 7;
  fixture.shell.prints = 'a secret of the learner';
  fixture.sessions.prepare(session, '14.1-health');
  await session.settled();
  expect(session.status).toMatchObject({ state: 'failed', code: 'LAB_PREPARE_FAILED' });
  expect(graded(fixture).disposed).toBe(true);
  expect(JSON.stringify(fixture.logged)).toContain('script of 14.1-deploy ended with 7');
  expect(JSON.stringify(fixture.logged)).not.toContain('secret');
  await expect.poll(() => fixture.host.environments.size).toBe(0);
  fixture.sessions.reset(session);
  await session.settled();
  expect(session.status.state).toBe('ready');
});

test('closing ends a preparation that hangs', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'numbers');
  fixture.shell.hangs = true;
  fixture.sessions.prepare(session, '14.1-health');
  await expect.poll(() => fixture.shell.ran.length).toBe(1);
  await fixture.sessions.close(session);
  await fixture.sessions.stop('close');
  expect(session.status.state).toBe('closed');
  expect(fixture.host.environments.size).toBe(0);
});

test('a server that dies while preparing comes back with a fresh lab, and nothing of the one before', async () => {
  const before = labFixture();
  const session = await readyLab(before, 'numbers');
  before.shell.hangs = true;
  before.sessions.prepare(session, '14.1-health');
  await expect.poll(() => before.shell.ran.length).toBe(1);
  const after = labFixture({ database: before.database, host: before.host });
  const lost = [...after.host.environments.keys()];
  await after.upkeep.adopt();
  const again = await readyLab(after, 'numbers');
  expect(again.id).toBe(session.id);
  expect(again.status.state).toBe('ready');
  expect([...after.host.environments.keys()]).toEqual([again.running.environment.id]);
  expect(lost).not.toContain(again.running.environment.id);
});

test('while a lab is prepared, another change is refused', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  fixture.sessions.prepare(session, '14.5-quorum');
  const busy = expect.objectContaining({ code: 'LAB_BUSY' });
  expect(() => fixture.sessions.prepare(session, '14.5-quorum')).toThrow(busy);
  expect(() => fixture.sessions.reset(session)).toThrow(busy);
  await expect(fixture.sessions.switchNode(session, 'node2', 'off')).rejects.toEqual(busy);
  await session.settled();
  expect(session.status.state).toBe('ready');
});

test.each(['paused', 'failed', 'node off', 'all nodes off', 'nodes gone'] as const)(
  'a lab is prepared from: %s',
  async (state) => {
    const fixture = labFixture();
    const session = await readyLab(fixture, 'quorum');
    const off = (node: string) => fixture.sessions.switchNode(session, node, 'off');
    if (state === 'paused') await fixture.sessions.pause(session, { cause: 'idle', afterMs: 1 });
    if (state === 'node off') await off('node2');
    if (state === 'all nodes off') for (const node of ['node1', 'node2', 'node3']) await off(node);
    if (state === 'nodes gone') fixture.host.environments.clear();
    if (state === 'failed') {
      fixture.host.failCreateWith = new LabError('LAB_START_FAILED', 'no image');
      fixture.sessions.reset(session);
      await session.settled();
      expect(session.status.state).toBe('failed');
      fixture.host.failCreateWith = null;
    }
    fixture.sessions.prepare(session, '14.5-quorum');
    await session.settled();
    expect(session.view()).toMatchObject({ status: { state: 'ready' } });
    expect(session.conditions).toEqual({});
  },
);

test('an exercise of another lab is refused and changes nothing', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'numbers');
  expect(() => fixture.sessions.prepare(session, '14.5-quorum')).toThrow(
    expect.objectContaining({ code: 'EXERCISE_UNKNOWN' }),
  );
  expect(session.generation).toBe(1);
});

test('switches in a replayed script are flipped, and what stays off is known', async () => {
  const fixture = labFixture();
  fixture.scripts.set('14.5-quorum', ['power off node2 node3, then node3 on again']);
  fixture.shell.prints =
    '\u001b]7717;power;off;node2\u0007\u001b]7717;power;off;node3\u0007\u001b]7717;power;on;node3\u0007';
  const session = await readyLab(fixture, 'quorum');
  fixture.sessions.prepare(session, '14.5-quorum');
  await session.settled();
  expect(session.view()).toMatchObject({ status: { state: 'ready' }, conditions: { node2: 'off' } });
  const environment = fixture.host.environments.get(session.running.environment.id);
  expect(environment?.stoppedNodes).toEqual(['node2']);
});
