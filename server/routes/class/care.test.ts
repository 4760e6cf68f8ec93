import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CohortAudit } from '#contract/class-api.ts';
import type { CapacityView } from '#contract/class-capacity.ts';
import type { CareRound, CareRoundList, NewCareRound } from '#contract/class-care.ts';
import { randomToken } from '../../random-id.ts';
import { enrol, webFixture } from '../../testing/web-fixture.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
let cohortId: string;
let cookie: string;
beforeEach(async () => {
  web = await webFixture({ mode: 'class' });
  const { cohort, instructor } = web.joined ?? expect.unreachable();
  cohortId = cohort.id;
  cookie = signIn(instructor.id);
});
afterEach(() => web.app.close());

function signIn(instructorId: Parameters<typeof web.logins.addInstructorSession>[1]): string {
  const token = randomToken();
  web.logins.addInstructorSession(token, instructorId, web.time.nowMs);
  return `rollout-lab-4321=${token}`;
}

function round(change: Partial<NewCareRound> = {}): NewCareRound {
  return { id: 'roundroundroundr', action: { type: 'reset' }, reason: null, targets: 'all', ...change };
}
const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, by = cookie) =>
  web.anybody({
    method,
    url: `/api/cohorts/${cohortId}${path}`,
    headers: { cookie: by },
    ...(payload ? { payload } : {}),
  });
const start = (change?: Partial<NewCareRound>) => ask('POST', '/care', round(change));
const codeOf = (answer: Awaited<ReturnType<typeof ask>>): string => answer.json<{ code: string }>().code;
async function newest(): Promise<CareRound | undefined> {
  return (await ask('GET', '/care')).json<CareRoundList>().rounds[0];
}

/** A learner of another class, with an open lab. */
async function learnerElsewhere() {
  const other = web.anotherInstructor();
  const cohort = web.cohorts.create(other.id, { name: 'Elsewhere', seats: 5 });
  web.database.prepare('INSERT INTO learner VALUES (?, ?, ?)').run(web.stranger, 'somebody', 0);
  enrol(web.database, web.stranger, cohort.id, web.time.nowMs);
  const session = await web.sessions.start(web.stranger, 'quorum');
  await session.settled();
  return { session, cookie: signIn(other.id) };
}

test('all of a class are those whose seats are taken, and nobody of another class', async () => {
  const { session } = await learnerElsewhere();
  const own = await web.sessions.start(web.learner.id, 'quorum');
  await own.settled();
  const [seat] = web.roster.addSeats(web.joined!.cohort, ['아직']);
  const answer = await start({ reason: ' 새로\n시작해요\u202e ' });
  expect(answer.statusCode).toBe(201);
  expect(answer.json<CareRound>()).toMatchObject({
    reason: '새로 시작해요',
    by: web.joined?.instructor.name,
  });
  await expect.poll(newest).toMatchObject({
    state: 'done',
    items: expect.arrayContaining([
      expect.objectContaining({ learner: web.learner.id, labSession: own.id, state: 'done' }),
      expect.objectContaining({
        learner: seat?.id,
        name: '아직',
        state: 'skipped',
        problem: { code: 'LEARNER_NOT_JOINED_YET', params: {} },
      }),
    ]),
  });
  expect(own.generation).toBe(2);
  expect(session.generation).toBe(1);
});

test('learners and labs of another class are refused or left alone', async () => {
  const { session } = await learnerElsewhere();
  const own = await web.sessions.start(web.learner.id, 'quorum');
  await own.settled();
  const foreign = await start({ targets: [{ learner: web.stranger, labSessions: null }] });
  expect([foreign.statusCode, codeOf(foreign)]).toEqual([404, 'LEARNER_UNKNOWN']);
  // A lab of somebody else under the name of an own learner.
  await start({
    targets: [{ learner: web.learner.id, labSessions: [session.id] }],
    action: { type: 'close' },
  });
  await expect.poll(newest).toMatchObject({
    state: 'done',
    items: [{ state: 'skipped', problem: { code: 'LAB_SESSION_UNKNOWN' } }],
  });
  expect([session.status.state, own.status.state]).toEqual(['ready', 'ready']);
});

test('the same round asked for twice is one, and rounds of another class are not told', async () => {
  const { cookie: elsewhere } = await learnerElsewhere();
  expect((await start()).statusCode).toBe(201);
  expect((await start()).statusCode).toBe(200);
  expect((await ask('GET', '/care')).json<CareRoundList>().rounds).toHaveLength(1);
  expect((await ask('POST', '/care/roundroundroundr/cancel', undefined, elsewhere)).statusCode).toBe(404);
  expect((await ask('POST', '/care/roundroundroundr/cancel')).statusCode).toBe(204);
});

test('an exercise is prepared for whoever has its lab, and where it is wanted for those who have not', async () => {
  const prepare = { type: 'prepare', exercise: '14.5-quorum' } as const;
  await start({ action: { ...prepare, startMissing: false } });
  await expect.poll(newest).toMatchObject({
    title: { en: 'Quorum' },
    items: [{ state: 'skipped', problem: { code: 'LEARNER_HAS_NO_LAB' } }],
  });
  await start({ id: 'roundroundround2', action: { ...prepare, startMissing: true } });
  await expect
    .poll(newest)
    .toMatchObject({ id: 'roundroundround2', state: 'done', items: [{ state: 'done' }] });
  expect(web.sessions.listOf(web.learner.id)).toMatchObject([{ activeExercise: '14.5-quorum' }]);
  const unknown = await start({
    id: 'roundroundround3',
    action: { ...prepare, exercise: '14.1-none', startMissing: true },
  });
  expect(codeOf(unknown)).toBe('EXERCISE_UNKNOWN');
});

test.each([-1, 0, 8 * 24 * 3_600_000])('labs are not kept until %d ms from now', async (aheadMs) => {
  const answer = await start({ action: { type: 'extend', untilMs: web.time.nowMs + aheadMs } });
  expect(codeOf(answer)).toBe('CARE_TIME_INVALID');
});

test('the record says who did what, with whom', async () => {
  await start({ targets: [{ learner: web.learner.id, labSessions: null }], action: { type: 'pause' } });
  await start({ id: 'roundroundround2', action: { type: 'close' } });
  const { events } = (await ask('GET', '/audit')).json<CohortAudit>();
  expect(events).toMatchObject([
    { event: 'care-close', target: null },
    { event: 'care-pause', target: web.learner.name },
  ]);
});

test('a class that is deleted leaves no round and no plan', async () => {
  await start();
  const { nowMs } = web.time;
  const plan = { id: 'planplanplanplan', lab: 'quorum', count: 2, atMs: nowMs, untilMs: nowMs + 60_000 };
  expect((await ask('POST', '/warm-plans', plan)).statusCode).toBe(201);
  expect((await ask('POST', '/warm-plans', plan)).statusCode).toBe(201);
  const { plans } = (await ask('GET', '/capacity')).json<CapacityView>();
  expect(plans).toMatchObject([{ id: plan.id, count: 2, title: { en: 'Quorum' } }]);
  await ask('DELETE', '');
  for (const table of ['care_round', 'warm_plan'])
    expect(web.database.prepare(`SELECT * FROM ${table}`).all()).toEqual([]);
});

test('the queue names learners of the own class only', async () => {
  await learnerElsewhere();
  const view = (await ask('GET', '/capacity')).json<CapacityView>();
  expect(view).toMatchObject({ queue: [], machine: { running: 1, waiting: 0 }, plannedByOthers: 0 });
});
