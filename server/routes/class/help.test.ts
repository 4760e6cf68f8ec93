import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CohortHelpEvent, LearnerClassEvent, OwnHand } from '#contract/class-help.ts';
import { LearnerId } from '#contract/ids.ts';
import { randomToken } from '../../random-id.ts';
import { enrol, webFixture } from '../../testing/web-fixture.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
beforeEach(async () => {
  web = await webFixture({ mode: 'class' });
});
afterEach(() => web.app.close());

const joined = () => web.joined ?? expect.unreachable();
const cookieFor = (add: (token: string) => void): string => {
  const token = randomToken();
  add(token);
  return web.cookie.replace(/=.*/, `=${token}`);
};
const asInstructor = (id = joined().instructor.id) =>
  cookieFor((token) => web.logins.addInstructorSession(token, id, web.time.nowMs));

/** One more learner of the class. */
function another(name: string): { readonly id: LearnerId; readonly cookie: string } {
  const id = LearnerId.parse(name.padEnd(16, 'x'));
  web.database.prepare('INSERT INTO learner VALUES (?, ?, 0)').run(id, name);
  enrol(web.database, id, joined().cohort.id, web.time.nowMs);
  const cookie = cookieFor((token) => web.logins.addLoginSession(token, id, web.time.nowMs));
  return { id, cookie };
}

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, cookie: string, payload?: object) {
  const answer = await web.anybody({ method, url, headers: { cookie }, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}
const raise = (cookie: string, words = '', exercise: string | null = null) =>
  ask('POST', '/api/me/hand', cookie, { exercise, words });
const ofCohort = (path: string) => `/api/cohorts/${joined().cohort.id}/${path}`;

/** What the pages of a learner have been told, the newest of each type last. */
function listening(id: LearnerId) {
  const told: LearnerClassEvent[] = [];
  const stop = web.help.channel.connectLearner({ id, cohortId: joined().cohort.id }, (event) =>
    told.push(event),
  );
  const hand = (): OwnHand | null | undefined => told.findLast((event) => event.type === 'hand')?.hand;
  return { told, stop, hand };
}

describe('the channel', () => {
  test('says everything at first, then only what has changed, and nothing after it has ended', async () => {
    const { told, stop } = listening(web.learner.id);
    const parts = told.length;
    expect(told.map(({ type }) => type).sort()).toEqual(['hand', 'messages', 'policies', 'show', 'unlocked']);
    await raise(web.cookie);
    await raise(web.cookie);
    expect(told.slice(parts)).toEqual([expect.objectContaining({ type: 'hand' })]);
    stop();
    await ask('DELETE', '/api/me/hand', web.cookie);
    expect(told).toHaveLength(parts + 1);
  });

  test('tells of others in the same class only what concerns oneself', async () => {
    const second = another('second');
    const first = listening(web.learner.id);
    const other = listening(second.id);
    const parts = first.told.length;
    await raise(second.cookie, 'a secret');
    await ask('POST', ofCohort('messages'), asInstructor(), { to: [second.id], text: 'for one' });
    expect(first.told).toHaveLength(parts);
    expect(JSON.stringify(other.told)).toContain('for one');
    expect(JSON.stringify(first.told)).not.toContain('secret');
  });
});

describe('raised hands', () => {
  test('stand in line; who is gone to does not count for those behind', async () => {
    const second = another('second');
    const pages = listening(second.id);
    await raise(web.cookie, ' stuck\nhere\u202e ', '14.1-deploy');
    web.time.nowMs -= 5_000;
    await raise(second.cookie);
    expect(pages.hand()).toMatchObject({ before: 1, takenBy: null });
    const teacher = asInstructor();
    expect(
      (await ask('POST', ofCohort(`hands/${web.learner.id}/take`), teacher, { instead: false })).status,
    ).toBe(204);
    expect(pages.hand()).toMatchObject({ before: 0 });
    const { hands } = web.help.hands.list(joined().cohort.id);
    expect(hands.map(({ learner, words, exercise }) => [learner, words, exercise])).toEqual([
      [web.learner.id, 'stuck here', '14.1-deploy'],
      [second.id, '', null],
    ]);
  });

  test('two instructors don’t both go unless one says so', async () => {
    const other = web.anotherInstructor();
    web.cohortStore.addInstructor(joined().cohort.id, other.id, 0);
    await raise(web.cookie);
    const take = (cookie: string, instead: boolean) =>
      ask('POST', ofCohort(`hands/${web.learner.id}/take`), cookie, { instead });
    const [first, second] = [asInstructor(), asInstructor(other.id)];
    expect((await take(first, false)).status).toBe(204);
    expect((await take(first, false)).status).toBe(204);
    expect((await take(second, false)).body).toMatchObject({
      code: 'HAND_TAKEN',
      params: { name: joined().instructor.name },
    });
    expect((await take(second, true)).status).toBe(204);
    const learner = { id: web.learner.id, cohortId: joined().cohort.id };
    expect(web.help.hands.of(learner)).toMatchObject({ takenBy: other.name });
    await ask('POST', ofCohort(`hands/${web.learner.id}/release`), second);
    expect(web.help.hands.of(learner)).toMatchObject({ takenBy: null });
    expect((await ask('POST', ofCohort(`hands/${web.learner.id}/done`), second)).status).toBe(204);
    expect((await ask('POST', ofCohort(`hands/${web.learner.id}/done`), first)).body).toMatchObject({
      code: 'HAND_UNKNOWN',
    });
    expect(web.help.hands.list(joined().cohort.id).answered).toMatchObject([{ by: other.name }]);
  });

  test('are refused where the class does not want them, for unknown exercises and for long words', async () => {
    expect((await raise(web.cookie, '', '14.9-nothing')).body).toMatchObject({ code: 'EXERCISE_UNKNOWN' });
    expect((await raise(web.cookie, 'x'.repeat(201))).body).toMatchObject({ code: 'REQUEST_INVALID' });
    await raise(web.cookie);
    const pages = listening(web.learner.id);
    await ask('POST', `/api/cohorts/${joined().cohort.id}`, asInstructor(), { policies: { handsUp: false } });
    expect(pages.told.at(-1)).toMatchObject({ type: 'policies', policies: { handsUp: false } });
    expect((await raise(web.cookie)).body).toMatchObject({ code: 'HANDS_OFF' });
    // One that is up is still answered or lowered.
    expect((await ask('DELETE', '/api/me/hand', web.cookie)).status).toBe(204);
    expect(pages.hand()).toBeNull();
  });

  test('go with a learner who is removed, and come along with one who is merged', async () => {
    const [second, third] = [another('second'), another('third')];
    const teacher = asInstructor();
    const events: CohortHelpEvent[] = [];
    web.help.channel.connectInstructor(joined().cohort.id, (event) => events.push(event));
    const line = () => {
      const last = events.findLast((event) => event.type === 'hands');
      return last?.hands.map(({ learner }) => learner);
    };
    await raise(second.cookie, 'merged');
    await raise(third.cookie);
    await ask('POST', ofCohort(`learners/${third.id}/remove`), teacher, { data: 'keep' });
    expect(line()).toEqual([second.id]);
    await ask('POST', ofCohort(`learners/${web.learner.id}/merge`), teacher, { other: second.id });
    expect(line()).toEqual([web.learner.id]);
    await ask('POST', ofCohort(`learners/${web.learner.id}/remove`), teacher, { data: 'delete' });
    expect(line()).toEqual([]);
    const left = web.database.prepare('SELECT count(*) AS n FROM raised_hand').get() as { n: number };
    expect(left.n).toBe(0);
  });

  test('both of a merge are one, and old ones are forgotten after a week', async () => {
    const second = another('second');
    await raise(second.cookie);
    await raise(web.cookie);
    await ask('POST', ofCohort(`learners/${web.learner.id}/merge`), asInstructor(), { other: second.id });
    expect(web.help.hands.list(joined().cohort.id).hands).toHaveLength(1);
    await ask('DELETE', '/api/me/hand', web.cookie);
    web.time.nowMs += 8 * 24 * 3_600_000;
    web.help.forgetOld();
    expect(web.help.hands.list(joined().cohort.id)).toEqual({ hands: [], answered: [] });
  });
});

describe('messages', () => {
  const read = (id: string, cookie: string) => ask('POST', `/api/me/messages/${id}/read`, cookie);
  const send = (to: readonly string[] | null, text = 'hello') =>
    ask('POST', ofCohort('messages'), asInstructor(), { to, text });
  const unread = (id: LearnerId) => web.help.messages.unread({ id, cohortId: joined().cohort.id });

  test('wait for whoever is away or joins, until they are read or a day is over', async () => {
    const second = another('second');
    await send(null, 'to all');
    await send([second.id], ' to\r\none ');
    expect(unread(web.learner.id).map(({ text }) => text)).toEqual(['to all']);
    expect(unread(second.id).map(({ text }) => text)).toEqual(['to all', 'to\none']);
    const late = another('late');
    const [toAll, toOne] = unread(second.id);
    expect((await read(toAll?.id ?? '', late.cookie)).status).toBe(204);
    expect(unread(late.id)).toEqual([]);
    expect((await read(toOne?.id ?? '', late.cookie)).body).toMatchObject({ code: 'MESSAGE_UNKNOWN' });
    await read(toOne?.id ?? '', second.cookie);
    expect(web.help.messages.sent(joined().cohort.id)).toMatchObject([
      { to: ['second'], readers: 1, readBy: 1 },
      { to: null, readers: 3, readBy: 1 },
    ]);
    web.time.nowMs += 24 * 3_600_000;
    expect(unread(second.id)).toEqual([]);
    web.help.forgetOld();
    expect(web.database.prepare('SELECT * FROM class_message').all()).toEqual([]);
  });

  test('reach nobody when one of the learners is none of the class, or nothing is said', async () => {
    expect((await send([web.learner.id, web.stranger])).body).toMatchObject({ code: 'LEARNER_UNKNOWN' });
    expect((await send(null, ' \u200b\n')).body).toMatchObject({ code: 'MESSAGE_EMPTY' });
    expect((await send(null, 'x'.repeat(1001))).body).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(unread(web.learner.id)).toEqual([]);
  });

  test('are bounded for a learner and for a class', () => {
    const { cohort, instructor } = joined();
    for (let count = 0; count < 210; count++)
      web.help.messages.send(cohort, instructor, { to: null, text: `${count}` });
    expect(unread(web.learner.id).map(({ text }) => text)).toEqual(
      Array.from({ length: 20 }, (_, index) => `${190 + index}`),
    );
    const stored = web.database.prepare('SELECT count(*) AS n FROM class_message').get();
    expect(stored).toEqual({ n: 200 });
  });

  test('that were for one alone go with that learner', async () => {
    const second = another('second');
    await send([second.id]);
    await send(null);
    await ask('POST', '/api/me/delete', second.cookie);
    expect(web.help.messages.sent(joined().cohort.id)).toMatchObject([{ to: null }]);
  });
});

describe('unlocking', () => {
  const unlock = (change: object) =>
    ask('POST', ofCohort('unlocked'), asInstructor(), {
      exercise: '14.1-deploy',
      hints: 0,
      solution: false,
      learner: null,
      ...change,
    });
  const close = () =>
    ask('POST', `/api/cohorts/${joined().cohort.id}`, asInstructor(), { policies: { solutionsOpen: false } });
  const solution = (cookie: string) => ask('POST', '/api/exercises/14.1-deploy/solution', cookie);
  const hints = (cookie: string) => ask('GET', '/api/exercises/14.1-deploy/hints', cookie);

  test('opens a closed solution for one, then for all, and closes it again', async () => {
    const second = another('second');
    await close();
    expect((await solution(web.cookie)).body).toMatchObject({ code: 'SOLUTION_LOCKED' });
    await unlock({ solution: true, learner: second.id });
    expect((await solution(web.cookie)).status).toBe(403);
    expect((await solution(second.cookie)).status).toBe(200);
    await unlock({ solution: true });
    expect((await solution(web.cookie)).status).toBe(200);
    await unlock({});
    expect((await solution(web.cookie)).status).toBe(403);
    expect((await solution(second.cookie)).status).toBe(200);
  });

  test('shows hints without counting them as asked for', async () => {
    const pages = listening(web.learner.id);
    await unlock({ hints: 1 });
    expect(pages.told.at(-1)).toMatchObject({ unlocked: [{ exercise: '14.1-deploy', hints: 1 }] });
    expect((await hints(web.cookie)).body).toEqual({
      hints: [{ ko: '하나', en: 'one' }],
      total: 1,
      given: 1,
    });
    const asked = web.database.prepare('SELECT * FROM help_shown').all();
    expect(asked).toEqual([]);
    expect((await ask('POST', '/api/exercises/14.1-deploy/hints', web.cookie)).body).toMatchObject({
      code: 'NO_MORE_HINTS',
    });
    await unlock({ hints: 0 });
    expect((await hints(web.cookie)).body).toMatchObject({ hints: [], given: 0 });
  });

  test('refuses what is not there', async () => {
    expect((await unlock({ exercise: '14.9-nothing' })).body).toMatchObject({ code: 'EXERCISE_UNKNOWN' });
    expect((await unlock({ hints: 2 })).body).toMatchObject({ code: 'HINT_UNKNOWN', params: { hints: 1 } });
    expect((await unlock({ learner: web.stranger })).body).toMatchObject({ code: 'LEARNER_UNKNOWN' });
  });
});
