import { expect, test } from 'vitest';
import type { LabEvent } from '#contract/api.ts';
import type { LabHost } from '../ports.ts';
import { labFixture, readyLab } from '../testing/lab-fixture.ts';

test('a node goes off with its terminals and comes back, while the lab stays ready', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  const { environment } = session.running;
  for (const node of environment.nodes) await fixture.terminals.open(session.id, node);
  await fixture.sessions.switchPower(session, 'node2', false);
  expect(session.view()).toMatchObject({ status: { state: 'ready' }, poweredOff: ['node2'] });
  expect(session.view().terminals.map(({ node }) => node)).toEqual(['node1', 'node3']);
  expect(fixture.host.environments.get(environment.id)?.stoppedNodes).toEqual(['node2']);
  await fixture.sessions.switchPower(session, 'node2', true);
  expect(session.view().poweredOff).toEqual([]);
  expect(fixture.host.environments.get(environment.id)?.stoppedNodes).toEqual([]);
  expect(fixture.grading.started[0]?.switched).toEqual([
    { node: 'node2', on: false },
    { node: 'node2', on: true },
  ]);
});

test('switches of one node are flipped in their order; one that is so already stays', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  const flip = (on: boolean) => fixture.sessions.switchPower(session, 'node2', on);
  await Promise.all([flip(false), flip(true), flip(false), flip(false)]);
  expect(session.poweredOff).toEqual(['node2']);
  expect(fixture.grading.started[0]?.switched.map(({ on }) => on)).toEqual([false, true, false]);
});

test('a node that boots for long keeps no other from being switched', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  const flip = (node: string, on: boolean) => fixture.sessions.switchPower(session, node, on);
  await Promise.all(['node1', 'node2', 'node3'].map((node) => flip(node, false)));
  expect(session.poweredOff).toEqual(['node1', 'node2', 'node3']);
  const quorum = Promise.withResolvers<void>();
  const restore = fixture.host.restorePower.bind(fixture.host);
  fixture.host.restorePower = async (environment, node) => {
    if (node === 'node1') await quorum.promise;
    else quorum.resolve();
    return restore(environment, node);
  };
  await Promise.all([flip('node1', true), flip('node2', true)]);
  expect(session.poweredOff).toEqual(['node3']);
});

test.each([
  ['numbers', 'node1', 'POWER_SWITCH_FORBIDDEN'],
  ['quorum', 'node9', 'NODE_UNKNOWN'],
])('in lab %s the switch of %s is refused', async (lab, node, code) => {
  const fixture = labFixture();
  const session = await readyLab(fixture, lab);
  await expect(fixture.sessions.switchPower(session, node, false)).rejects.toMatchObject({ code });
});

test('a flood of switches is refused from some point on', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  const flips = Array.from({ length: 50 }, (_, flip) =>
    fixture.sessions.switchPower(session, 'node2', flip % 2 === 1),
  );
  const refused = (await Promise.allSettled(flips)).filter(({ status }) => status === 'rejected');
  expect(refused[0]).toMatchObject({ reason: { code: 'TOO_MANY_REQUESTS' } });
  expect(session.isBusy).toBe(false);
});

test('a cut that fails leaves the node on', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  fixture.host.cutPower = async () => {
    throw new Error('engine away');
  };
  await expect(fixture.sessions.switchPower(session, 'node2', false)).rejects.toThrow('engine away');
  expect(session.poweredOff).toEqual([]);
  expect(fixture.grading.started[0]?.switched.at(-1)).toEqual({ node: 'node2', on: true });
});

test('a reset does not wait for a node that boots', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  await fixture.sessions.switchPower(session, 'node2', false);
  const host: LabHost = fixture.host;
  host.restorePower = (_environment, _node, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const booting = fixture.sessions.switchPower(session, 'node2', true);
  const waiting = fixture.sessions.switchPower(session, 'node2', false);
  await Promise.resolve();
  fixture.sessions.reset(session);
  expect(session.status.state).toBe('resetting');
  await expect(booting).rejects.toMatchObject({ code: 'LAB_BUSY' });
  await expect(waiting).rejects.toMatchObject({ code: 'LAB_BUSY' });
  await session.settled();
  expect(session.view()).toMatchObject({ status: { state: 'ready' }, poweredOff: [], generation: 2 });
});

test('nodes that are off on purpose stay off, others are revived, also after a restart of the server', async () => {
  const before = labFixture();
  const session = await readyLab(before, 'quorum');
  const { id } = session.running.environment;
  await before.sessions.switchPower(session, 'node3', false);
  await before.upkeep.sweep();
  expect(before.host.environments.get(id)?.stoppedNodes).toEqual(['node3']);
  const environment = before.host.environments.get(id)!;
  before.host.environments.set(id, { ...environment, stoppedNodes: ['node2', 'node3'] });
  await before.upkeep.sweep();
  expect(before.host.environments.get(id)?.stoppedNodes).toEqual(['node3']);
  await before.sessions.stop('keep');

  before.host.environments.set(id, { ...environment, stoppedNodes: ['node1', 'node3'] });
  const after = labFixture({ database: before.database, host: before.host });
  await after.upkeep.adopt();
  const adopted = after.sessions.get(session.id, after.learner.id);
  expect(adopted.view()).toMatchObject({ status: { state: 'ready' }, poweredOff: ['node3'] });
  expect(after.host.environments.get(id)?.stoppedNodes).toEqual(['node3']);
});

test('what a shell asks for in vain is told to the page, once', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'numbers');
  const seen: LabEvent[] = [];
  session.connect((event) => seen.push(event));
  for (let time = 0; time < 5; time++)
    await fixture.sessions.switchPowerFromShell(session, { node: 'node1', on: false });
  const notices = seen.filter(({ type }) => type === 'notice');
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({
    level: 'warning',
    notice: { en: expect.stringContaining('switch nodes off') },
  });
});
