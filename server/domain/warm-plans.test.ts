import { expect, test } from 'vitest';
import { classmates, labFixture, memoryFor } from '../testing/lab-fixture.ts';
import type { WarmPlan } from './warm-plans.ts';

type Fixture = ReturnType<typeof labFixture>;

const HOUR_MS = 3_600_000;

function planFor({ time }: Fixture, change: Partial<WarmPlan> = {}): WarmPlan {
  const atMs = time.nowMs + HOUR_MS;
  const plan = { id: 'monday', scope: 'cohort', labId: 'quorum', count: 3, atMs, untilMs: atMs + HOUR_MS };
  return { ...plan, askedBy: '한지우', ...change };
}

const at = (fixture: Fixture, ms: number) => {
  fixture.time.nowMs = ms;
  fixture.warmPlans.tick();
};
const seen = ({ warmPlans }: Fixture) => warmPlans.list('cohort')[0];

test('labs of several nodes are booted ahead of the time, and given back when it is over', async () => {
  const fixture = labFixture();
  const plan = planFor(fixture);
  expect(fixture.warmPlans.warmUp(plan)).toMatchObject({ state: 'planned', ready: 0, short: null });
  at(fixture, plan.atMs - 3 * 30_000 - 60_000);
  await expect.poll(() => seen(fixture)).toMatchObject({ state: 'ready', ready: 3, inUse: 0 });
  at(fixture, plan.untilMs);
  await expect.poll(() => fixture.host.environments.size).toBe(0);
  expect(fixture.warmPlans.list('cohort')).toEqual([]);
});

test('whoever comes takes one, and no further one is booted for it', async () => {
  const fixture = labFixture();
  const plan = planFor(fixture);
  fixture.warmPlans.warmUp(plan);
  at(fixture, plan.atMs);
  await expect.poll(() => fixture.pool.size).toBe(3);
  const [learner] = classmates(fixture, 1);
  const session = await fixture.sessions.start(learner!, 'quorum');
  await session.settled();
  at(fixture, plan.atMs + 1);
  expect(seen(fixture)).toMatchObject({ state: 'ready', ready: 2, inUse: 1 });
  expect(fixture.host.environments.size).toBe(3);
});

test('what the machine can’t bear is not booted, and the plan says why', async () => {
  const fixture = labFixture();
  memoryFor(fixture, 7);
  const plan = planFor(fixture);
  fixture.warmPlans.warmUp(plan);
  at(fixture, plan.atMs);
  await expect
    .poll(() => seen(fixture))
    .toMatchObject({
      state: 'filling',
      ready: 2,
      short: { code: 'LAB_CAPACITY_REACHED' },
    });
});

test('no more are booted than the operator allows labs', async () => {
  const fixture = labFixture({ maxLabs: 2 });
  const plan = planFor(fixture);
  fixture.warmPlans.warmUp(plan);
  at(fixture, plan.atMs);
  await expect
    .poll(() => seen(fixture))
    .toMatchObject({
      ready: 2,
      short: { code: 'LAB_CAPACITY_REACHED', params: { limit: 2 } },
    });
});

test('a plan outlives the server, and is cancelled by its own scope only', async () => {
  const before = labFixture();
  const plan = planFor(before);
  before.warmPlans.warmUp(plan);
  const after = labFixture({ database: before.database });
  at(after, plan.atMs);
  await expect.poll(() => after.pool.size).toBe(3);
  expect(() => after.warmPlans.cancel('other', 'monday')).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND' }),
  );
  after.warmPlans.cancel('cohort', 'monday');
  await expect.poll(() => after.pool.size).toBe(0);
});

test.each([{ count: 0 }, { count: 201 }, { untilMs: 1 }])('%o is refused', (change) => {
  const fixture = labFixture();
  expect(() => fixture.warmPlans.warmUp(planFor(fixture, change))).toThrow(
    expect.objectContaining({ code: 'REQUEST_INVALID' }),
  );
});
