import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Me } from '#contract/api.ts';
import { randomToken } from '../../random-id.ts';
import { SqliteLoginStore } from '../../store/login-store.ts';
import { webFixture } from '../../testing/web-fixture.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
let ask: (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) => ReturnType<typeof web.anybody>;
beforeEach(async () => {
  web = await webFixture({ mode: 'class' });
  const { instructor } = web.joined ?? expect.unreachable();
  const token = randomToken();
  web.logins.addInstructorSession(token, instructor.id, web.time.nowMs);
  const cookie = web.cookie.replace(/=.*/, `=${token}`);
  ask = (method, url, payload) =>
    web.anybody({ method, url, headers: { cookie }, ...(payload ? { payload } : {}) });
});
afterEach(() => web.app.close());

const ownLearners = () =>
  web.database.prepare('SELECT own_learner_id AS id FROM instructor WHERE own_learner_id IS NOT NULL').all();

test('an instructor starts a lab as themselves, and keeps it at the next visit', async () => {
  expect((await ask('GET', '/api/me')).json<Me>()).toMatchObject({ signedIn: true, learner: null });
  // Nobody is made for who only looks.
  expect(ownLearners()).toEqual([]);
  const started = await ask('POST', '/api/lab-sessions', { lab: 'numbers' });
  expect(started.statusCode).toBe(202);
  const { id } = started.json<{ id: string }>();
  expect((await ask('GET', '/api/lab-sessions')).json<{ id: string }[]>().map((lab) => lab.id)).toEqual([id]);
  expect(ownLearners()).toHaveLength(1);
});

test('it is nobody of the class: no seat, no line on the roster, nobody else’s lab', async () => {
  const { cohort } = web.joined ?? expect.unreachable();
  const before = web.cohorts.view(cohort).seatsTaken;
  await ask('POST', '/api/lab-sessions', { lab: 'numbers' });
  expect(web.cohorts.view(cohort).seatsTaken).toBe(before);
  expect(web.roster.list(cohort).map(({ id }) => id)).toEqual([web.learner.id]);
  const theirs = await web.sessions.start(web.learner.id, 'numbers');
  expect((await ask('GET', `/api/lab-sessions/${theirs.id}`)).statusCode).toBe(404);
});

test('what is stored of it can be taken away and deleted; the account stays', async () => {
  const started = await ask('POST', '/api/lab-sessions', { lab: 'numbers' });
  const session = web.sessions.all().find(({ id }) => id === started.json<{ id: string }>().id);
  await session?.settled();
  expect((await ask('GET', '/api/me/data')).json()).toMatchObject({ lab_session: [{ lab_id: 'numbers' }] });
  expect((await ask('POST', '/api/me/delete')).statusCode).toBe(204);
  expect(session?.status.state).toBe('closed');
  expect(ownLearners()).toEqual([]);
  expect((await ask('GET', '/api/cohorts')).statusCode).toBe(200);
  expect((await ask('GET', '/api/lab-sessions')).json()).toEqual([]);
});

test('whoever runs the server alone later is not the instructor', async () => {
  await ask('POST', '/api/lab-sessions', { lab: 'numbers' });
  const [own] = ownLearners();
  expect(new SqliteLoginStore(web.database).soleLearner(web.time.nowMs).id).not.toBe(own?.id);
});

test('what is for the learners of a class is not for instructors', async () => {
  expect((await ask('POST', '/api/me/return-code')).json()).toMatchObject({ code: 'LEARNERS_ONLY' });
});
