import { expect, test } from 'vitest';
import type { LabEvent } from '#contract/api.ts';
import { classmates, labFixture, memoryFor, placeOf, readyLab } from '../testing/lab-fixture.ts';

test('a learner has several labs side by side', async () => {
  const fixture = labFixture();
  const numbers = await readyLab(fixture, 'numbers');
  const quorum = await readyLab(fixture, 'quorum');
  expect([numbers.status.state, quorum.status.state]).toEqual(['ready', 'ready']);
});

test('short of memory, the learner’s unused lab gives way, and both say why', async () => {
  const fixture = labFixture();
  memoryFor(fixture, 3);
  const numbers = await readyLab(fixture, 'numbers');
  numbers.connect(() => {});
  fixture.time.nowMs += 120_000;
  const quorum = await readyLab(fixture, 'quorum');
  expect([numbers.status.state, quorum.status.state]).toEqual(['closed', 'ready']);
  expect(numbers.why).toEqual({ cause: 'room', title: quorum.definition.title });
  const atQuorum: LabEvent[] = [];
  quorum.connect((event) => atQuorum.push(event));
  const notices = atQuorum.filter(({ type }) => type === 'notice');
  expect(notices).toMatchObject([{ notice: { ko: expect.stringContaining('진행 상황은 그대로') } }]);
});

test('a lab in use does not give way, nor does that of somebody else', async () => {
  const fixture = labFixture();
  memoryFor(fixture, 3);
  const numbers = await readyLab(fixture, 'numbers');
  numbers.connect(() => {});
  const quorum = await fixture.sessions.start(fixture.learner.id, 'quorum');
  const strangers = await fixture.sessions.start(classmates(fixture, 1)[0]!, 'quorum');
  await expect
    .poll(() => [quorum, strangers].map(placeOf))
    .toMatchObject([
      { position: 1, lacks: 'memory', open: 1 },
      { position: 2, lacks: 'memory', open: 1 },
    ]);
  expect(numbers.status.state).toBe('ready');
});

test('warm labs give way first', async () => {
  const fixture = labFixture({ warm: 1 });
  const numbers = await readyLab(fixture, 'numbers');
  await expect.poll(() => fixture.pool.size).toBe(1);
  memoryFor(fixture, 4);
  const quorum = await readyLab(fixture, 'quorum');
  expect([numbers.status.state, quorum.status.state]).toEqual(['ready', 'ready']);
  expect(fixture.pool.size).toBe(0);
});

test('a reset on a full machine takes the place of the lab before', async () => {
  const fixture = labFixture();
  memoryFor(fixture, 3);
  const session = await readyLab(fixture, 'quorum');
  fixture.sessions.reset(session);
  await session.settled();
  expect(session.view()).toMatchObject({ status: { state: 'ready' }, generation: 2 });
});
