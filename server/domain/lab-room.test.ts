import { expect, test } from 'vitest';
import type { LabEvent } from '#contract/api.ts';
import { labFixture, readyLab } from '../testing/lab-fixture.ts';
import { ADMISSION } from './admission.ts';

/** Memory for so many nodes, those that run taken off. */
function memoryFor(fixture: ReturnType<typeof labFixture>, nodes: number): void {
  fixture.host.capacity = async () => {
    const running = [...fixture.host.environments.values()].reduce((sum, one) => sum + one.nodes.length, 0);
    return {
      ...fixture.host.capacityNow,
      memoryAvailableBytes: ADMISSION.memoryReserveBytes + (nodes - running) * ADMISSION.memoryPerNodeBytes,
    };
  };
}

test('a learner has several labs side by side', async () => {
  const fixture = labFixture();
  const numbers = await readyLab(fixture, 'numbers');
  const quorum = await readyLab(fixture, 'quorum');
  expect([numbers.status.state, quorum.status.state]).toEqual(['ready', 'ready']);
});

test('short of memory, the learner’s unused lab gives way with a notice on both', async () => {
  const fixture = labFixture();
  memoryFor(fixture, 3);
  const numbers = await readyLab(fixture, 'numbers');
  const told: LabEvent[] = [];
  numbers.connect((event) => told.push(event));
  fixture.time.nowMs += 120_000;
  const quorum = await readyLab(fixture, 'quorum');
  expect([numbers.status.state, quorum.status.state]).toEqual(['closed', 'ready']);
  const atQuorum: LabEvent[] = [];
  quorum.connect((event) => atQuorum.push(event));
  for (const events of [told, atQuorum]) {
    const notices = events.filter(({ type }) => type === 'notice');
    expect(notices).toMatchObject([{ notice: { ko: expect.stringContaining('진행 상황은 그대로') } }]);
  }
});

test('a lab in use does not give way, nor does that of somebody else', async () => {
  const fixture = labFixture();
  memoryFor(fixture, 3);
  const numbers = await readyLab(fixture, 'numbers');
  numbers.connect(() => {});
  const start = () => fixture.sessions.start(fixture.learner.id, 'quorum');
  await expect(start()).rejects.toMatchObject({ code: 'LAB_CAPACITY_REACHED' });
  await expect(fixture.sessions.start(fixture.stranger, 'quorum')).rejects.toMatchObject({
    code: 'LAB_CAPACITY_REACHED',
  });
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
