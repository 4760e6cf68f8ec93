import { expect, test } from 'vitest';
import type { LabEvent } from '#contract/api.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { LabHost } from '../ports.ts';
import { labFixture, readyLab } from '../testing/lab-fixture.ts';

test('a node goes off with its terminals and comes back, while the lab stays ready', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  const { environment } = session.running;
  for (const node of environment.nodes) await fixture.terminals.open(session.id, node);
  await fixture.sessions.switchNode(session, 'node2', 'off');
  expect(session.view()).toMatchObject({ status: { state: 'ready' }, conditions: { node2: 'off' } });
  expect(session.view().terminals.map(({ node }) => node)).toEqual(['node1', 'node3']);
  expect(fixture.host.environments.get(environment.id)?.stoppedNodes).toEqual(['node2']);
  await fixture.sessions.switchNode(session, 'node2', 'on');
  expect(session.view().conditions).toEqual({});
  expect(fixture.host.environments.get(environment.id)?.stoppedNodes).toEqual([]);
  expect(fixture.grading.started[0]?.switched).toEqual([
    { node: 'node2', to: 'off' },
    { node: 'node2', to: 'on' },
  ]);
});

test('switches of one node are flipped in their order; one that is so already stays', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  const flip = (to: NodeCondition) => fixture.sessions.switchNode(session, 'node2', to);
  await Promise.all([flip('off'), flip('on'), flip('off'), flip('off')]);
  expect(session.conditions).toEqual({ node2: 'off' });
  expect(fixture.grading.started[0]?.switched.map(({ to }) => to)).toEqual(['off', 'on', 'off']);
});

test('a node that boots for long keeps no other from being switched', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  const flip = (node: string, to: NodeCondition) => fixture.sessions.switchNode(session, node, to);
  await Promise.all(['node1', 'node2', 'node3'].map((node) => flip(node, 'off')));
  expect(session.conditions).toEqual({ node1: 'off', node2: 'off', node3: 'off' });
  const quorum = Promise.withResolvers<void>();
  const restore = fixture.host.switchNode.bind(fixture.host);
  fixture.host.switchNode = async (environment, node, to) => {
    if (node === 'node1') await quorum.promise;
    else quorum.resolve();
    return restore(environment, node, to);
  };
  await Promise.all([flip('node1', 'on'), flip('node2', 'on')]);
  expect(session.conditions).toEqual({ node3: 'off' });
});

test.each([
  ['numbers', 'node1', 'POWER_SWITCH_FORBIDDEN'],
  ['quorum', 'node9', 'NODE_UNKNOWN'],
])('in lab %s the switch of %s is refused', async (lab, node, code) => {
  const fixture = labFixture();
  const session = await readyLab(fixture, lab);
  await expect(fixture.sessions.switchNode(session, node, 'off')).rejects.toMatchObject({ code });
});

test('a flood of switches is refused from some point on', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  const flips = Array.from({ length: 50 }, (_, flip) =>
    fixture.sessions.switchNode(session, 'node2', flip % 2 === 1 ? 'on' : 'off'),
  );
  const refused = (await Promise.allSettled(flips)).filter(({ status }) => status === 'rejected');
  expect(refused[0]).toMatchObject({ reason: { code: 'TOO_MANY_REQUESTS' } });
  expect(session.isBusy).toBe(false);
});

test('a cut that fails leaves the node on', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  fixture.host.switchNode = async () => {
    throw new Error('engine away');
  };
  await expect(fixture.sessions.switchNode(session, 'node2', 'off')).rejects.toThrow('engine away');
  expect(session.conditions).toEqual({});
  expect(fixture.grading.started[0]?.switched.at(-1)).toEqual({ node: 'node2', to: 'on' });
});

test('a reset does not wait for a node that boots', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  await fixture.sessions.switchNode(session, 'node2', 'off');
  const host: LabHost = fixture.host;
  host.switchNode = (_environment, _node, _to, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const booting = fixture.sessions.switchNode(session, 'node2', 'on');
  const waiting = fixture.sessions.switchNode(session, 'node2', 'off');
  await Promise.resolve();
  fixture.sessions.reset(session);
  expect(session.status.state).toBe('resetting');
  await expect(booting).rejects.toMatchObject({ code: 'LAB_BUSY' });
  await expect(waiting).rejects.toMatchObject({ code: 'LAB_BUSY' });
  await session.settled();
  expect(session.view()).toMatchObject({ status: { state: 'ready' }, generation: 2 });
  expect(session.conditions).toEqual({});
});

test('nodes that are off on purpose stay off, others are revived, also after a restart of the server', async () => {
  const before = labFixture();
  const session = await readyLab(before, 'quorum');
  const { id } = session.running.environment;
  await before.sessions.switchNode(session, 'node3', 'off');
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
  expect(adopted.view()).toMatchObject({ status: { state: 'ready' }, conditions: { node3: 'off' } });
  expect(after.host.environments.get(id)?.stoppedNodes).toEqual(['node3']);
});

test('what a shell asks for in vain is told to the page, once', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'numbers');
  const seen: LabEvent[] = [];
  session.connect((event) => seen.push(event));
  for (let time = 0; time < 5; time++)
    await fixture.sessions.switchNodeFromShell(session, { node: 'node1', to: 'off' });
  const notices = seen.filter(({ type }) => type === 'notice');
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({
    level: 'warning',
    notice: { en: expect.stringContaining('no switches') },
  });
});

test.each(['frozen', 'unplugged'] as const)(
  'a node that is %s keeps its terminals and comes back',
  async (to) => {
    const fixture = labFixture();
    const session = await readyLab(fixture, 'quorum');
    for (const node of session.running.environment.nodes) await fixture.terminals.open(session.id, node);
    await fixture.sessions.switchNode(session, 'node2', to);
    expect(session.conditions).toEqual({ node2: to });
    expect(session.view().terminals.map(({ node }) => node)).toEqual(['node1', 'node2', 'node3']);
    await fixture.sessions.switchNode(session, 'node2', 'on');
    expect(session.conditions).toEqual({});
    const switched = fixture.grading.started[0]?.switched;
    expect(switched).toEqual([
      { node: 'node2', to },
      { node: 'node2', to: 'on' },
    ]);
  },
);

test.each([
  ['frozen', 'unplugged', false],
  ['unplugged', 'frozen', false],
  ['off', 'frozen', false],
  ['off', 'unplugged', false],
  ['frozen', 'off', true],
  ['unplugged', 'off', true],
] as const)('from %s to %s at once: %s', async (from, to, mayBe) => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  await fixture.sessions.switchNode(session, 'node2', from);
  const switched = fixture.sessions.switchNode(session, 'node2', to);
  if (mayBe) await switched;
  else await expect(switched).rejects.toMatchObject({ code: 'NODE_NOT_ON', params: { node: 'node2' } });
  expect(session.conditions).toEqual({ node2: mayBe ? to : from });
});

test('a cut of a frozen node that fails leaves it frozen', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  await fixture.sessions.switchNode(session, 'node2', 'frozen');
  fixture.host.switchNode = async () => {
    throw new Error('engine away');
  };
  await expect(fixture.sessions.switchNode(session, 'node2', 'off')).rejects.toThrow('engine away');
  expect(session.conditions).toEqual({ node2: 'frozen' });
  expect(fixture.grading.started[0]?.switched.at(-1)).toEqual({ node: 'node2', to: 'frozen' });
});

test('what an exercise forbids is refused with its reason; the way back is always open', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  await fixture.sessions.switchNode(session, 'node2', 'off');
  const reason = { ko: '여기서는 안 돼요.', en: 'Not here.' };
  fixture.forbidden.set('14.5-quorum', { switches: ['off', 'frozen'], reason });
  const refusal = { code: 'SWITCH_FORBIDDEN_HERE', params: { reason } };
  await expect(fixture.sessions.switchNode(session, 'node1', 'off')).rejects.toMatchObject(refusal);
  await fixture.sessions.switchNode(session, 'node1', 'unplugged');
  await fixture.sessions.switchNode(session, 'node2', 'on');
  const seen: LabEvent[] = [];
  session.connect((event) => seen.push(event));
  await fixture.sessions.switchNodeFromShell(session, { node: 'node3', to: 'frozen' });
  expect(session.conditions).toEqual({ node1: 'unplugged' });
  expect(seen).toContainEqual({
    type: 'notice',
    level: 'warning',
    notice: { ko: expect.stringContaining(reason.ko), en: expect.stringContaining(reason.en) },
  });
});

test('an idle lab is frozen and thawed around the nodes that the learner froze', async () => {
  const fixture = labFixture();
  const session = await readyLab(fixture, 'quorum');
  const { id } = session.running.environment;
  const now = () => fixture.host.environments.get(id);
  await fixture.sessions.switchNode(session, 'node2', 'frozen');
  await fixture.sessions.switchNode(session, 'node3', 'unplugged');
  await fixture.upkeep.sweep();
  expect(now()?.frozenNodes).toEqual(['node2']);
  await fixture.sessions.pause(session, { cause: 'idle', afterMs: 1 });
  expect(now()?.frozenNodes).toEqual(['node1', 'node2', 'node3']);
  await fixture.sessions.resume(session);
  expect(now()?.frozenNodes).toEqual(['node2']);
  expect(session.conditions).toEqual({ node2: 'frozen', node3: 'unplugged' });
  expect([...fixture.host.unplugged]).toEqual(['node3']);
});

test('conditions outlive the server; what the machine has started again meanwhile is put right', async () => {
  const before = labFixture();
  const session = await readyLab(before, 'quorum');
  const { id } = session.running.environment;
  for (const node of session.running.environment.nodes) await before.terminals.open(session.id, node);
  await before.sessions.switchNode(session, 'node2', 'frozen');
  await before.sessions.switchNode(session, 'node3', 'unplugged');
  await before.sessions.stop('keep');
  const same = labFixture({ database: before.database, host: before.host });
  await same.upkeep.adopt();
  const adopted = same.sessions.get(session.id, same.learner.id);
  expect(adopted.view().status.state).toBe('ready');
  expect(adopted.conditions).toEqual({ node2: 'frozen', node3: 'unplugged' });
  expect(before.host.environments.get(id)?.frozenNodes).toEqual(['node2']);
  await same.sessions.stop('keep');

  // A reboot of the machine: everything stopped, nothing is frozen or unplugged any more.
  const stoppedNodes = ['node1', 'node2', 'node3'];
  const environment = before.host.environments.get(id)!;
  before.host.environments.set(id, { ...environment, state: 'stopped', stoppedNodes, frozenNodes: [] });
  const rebooted = labFixture({ database: before.database, host: before.host });
  await rebooted.upkeep.adopt();
  const revived = rebooted.sessions.get(session.id, rebooted.learner.id);
  expect(revived.conditions).toEqual({ node3: 'unplugged' });
  expect(before.host.environments.get(id)).toMatchObject({ stoppedNodes: [], frozenNodes: [] });
  expect([...before.host.unplugged]).toEqual(['node3']);
});
