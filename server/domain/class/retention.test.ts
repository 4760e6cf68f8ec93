import { expect, test } from 'vitest';
import type { LearnerId } from '#contract/ids.ts';
import { webFixture } from '../../testing/web-fixture.ts';
import { Retention } from './retention.ts';

const DAY_MS = 24 * 3_600_000;

async function classAfter(days: number, keepDays: number | null = 30) {
  const web = await webFixture({ mode: 'class' });
  const { cohort } = web.joined ?? expect.unreachable();
  const [waiting, removed] = web.roster
    .addSeats(cohort, ['기다리는 자리', '나간 학습자'])
    .map(({ id }) => id);
  if (waiting === undefined || removed === undefined) return expect.unreachable();
  const retention = new Retention({
    store: web.enrolments,
    hasOpenLab: (id) => web.sessions.listOf(id).length > 0,
    erase: (id) => web.roster.erase(id),
    keepMs: keepDays === null ? null : keepDays * DAY_MS,
    nowMs: () => web.time.nowMs,
    log: web.log,
  });
  web.time.nowMs += days * DAY_MS;
  const left = (): LearnerId[] => web.enrolments.everybody(cohort.id);
  return { web, cohort, waiting, removed, retention, left };
}

test('without a limit nothing is ever deleted by itself', async () => {
  const { web, retention, left } = await classAfter(5_000, null);
  await retention.tick();
  expect(left()).toHaveLength(3);
  await web.app.close();
});

test('who was not there for so long is deleted with everything, and nobody a day before', async () => {
  const { web, retention, left } = await classAfter(29);
  await retention.tick();
  expect(left()).toHaveLength(3);
  web.time.nowMs += 1 * DAY_MS + 1;
  await retention.tick();
  expect(left()).toEqual([]);
  const names = web.database.prepare('SELECT name FROM learner').all();
  expect(names.map(({ name }) => name)).not.toContain('나간 학습자');
  await web.app.close();
});

test('a visit, a removal and an open lab count as being there', async () => {
  const { web, waiting, removed, retention, left } = await classAfter(31);
  web.roster.remove({ ...web.cohorts.learner(web.joined!.cohort, removed) }, 'keep');
  await web.sessions.start(web.learner.id, 'numbers');
  await retention.tick();
  expect(left().sort()).toEqual([removed, web.learner.id].sort());
  expect(left()).not.toContain(waiting);
  await web.app.close();
});

test('the clock may jump: it is looked at once an hour, and again when it was set back', async () => {
  const { web, retention, left } = await classAfter(29);
  await retention.tick();
  web.time.nowMs += 2 * DAY_MS;
  await retention.tick();
  expect(left()).toEqual([]);
  await web.app.close();
});
