import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CohortAudit, CohortView, Roster } from '#contract/class-api.ts';
import { resetLink, setupLink } from '../../instructor-link.ts';
import { webFixture } from '../../testing/web-fixture.ts';

const PASSPHRASE = 'four words in a row';
const ORIGIN = 'http://127.0.0.1:4321';

let web: Awaited<ReturnType<typeof webFixture>>;
beforeEach(async () => {
  web = await webFixture({ mode: 'class' });
});
afterEach(() => web.app.close());

type Answer = Awaited<ReturnType<typeof web.anybody>>;
const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']).split(';')[0] ?? '';
const codeOf = (answer: Answer): string => answer.json<{ code: string }>().code;
const tokenOf = (link: string): string => link.replace(/.*#k=/, '');

function ask(method: 'GET' | 'POST' | 'DELETE', url: string, cookie: string | null, payload?: object) {
  const headers = cookie === null ? {} : { cookie };
  return web.anybody({ method, url, headers, ...(payload ? { payload } : {}) });
}
const post = (url: string, payload: object, cookie: string | null = null) =>
  ask('POST', url, cookie, payload);

/** A first instructor, as the operator's link makes one. */
async function instructor(name = 'Lee'): Promise<string> {
  const token = tokenOf(setupLink(web.instructorStore, ORIGIN, web.time.nowMs));
  const answer = await post('/api/class/links/use', { token, account: { name, passphrase: PASSPHRASE } });
  expect(answer.statusCode).toBe(204);
  return cookieOf(answer);
}

async function cohort(cookie: string, seats = 30): Promise<CohortView> {
  const answer = await post('/api/cohorts', { name: '화요일 반', seats }, cookie);
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

const join = (code: string, name: string, cookie: string | null = null) =>
  post('/api/join', { code, name }, cookie);

async function roster(cookie: string, id: string) {
  return (await ask('GET', `/api/cohorts/${id}/learners`, cookie)).json<Roster>().learners;
}

describe('an instructor', () => {
  test('is set up once by the operator’s link and signs in by name and passphrase afterwards', async () => {
    const [token, another] = [0, 1].map(() =>
      tokenOf(setupLink(web.instructorStore, ORIGIN, web.time.nowMs)),
    );
    const account = { name: ' 이  선생 ', passphrase: PASSPHRASE };
    const look = await post('/api/class/links/look', { token });
    expect(look.json()).toEqual({ purpose: 'setup', cohort: null, name: null });
    const short = await post('/api/class/links/use', {
      token,
      account: { ...account, passphrase: '짧아요' },
    });
    expect(codeOf(short)).toBe('PASSPHRASE_TOO_SHORT');
    expect((await post('/api/class/links/use', { token, account })).statusCode).toBe(204);
    expect(codeOf(await post('/api/class/links/use', { token, account }))).toBe('INSTRUCTOR_LINK_INVALID');
    const second = { token: another, account: { ...account, name: 'Another' } };
    expect(codeOf(await post('/api/class/links/use', second))).toBe('INSTRUCTOR_LINK_INVALID');
    const again = await post('/api/class/sign-in', { name: '이 선생', passphrase: PASSPHRASE });
    const me = await ask('GET', '/api/me', cookieOf(again));
    expect(me.json()).toMatchObject({ signedIn: true, learner: null, instructor: { name: '이 선생' } });
  });

  test('who does not exist and a wrong passphrase are told apart by nothing in the answer', async () => {
    await instructor();
    const unknown = await post('/api/class/sign-in', { name: 'Nobody', passphrase: PASSPHRASE });
    const wrong = await post('/api/class/sign-in', { name: 'Lee', passphrase: 'not the passphrase' });
    const strip = ({ requestId, ...rest }: Record<string, unknown>) => rest;
    expect(strip(unknown.json())).toEqual(strip(wrong.json()));
    expect(wrong.statusCode).toBe(401);
  });

  test('can be guessed at ten times, then with waits that grow; they end, also with a clock put back', async () => {
    await instructor();
    const guess = (passphrase: string) => post('/api/class/sign-in', { name: 'Lee', passphrase });
    for (let time = 0; time < 10; time++) expect((await guess(`guess ${time}`)).statusCode).toBe(401);
    const stopped = await guess(PASSPHRASE);
    expect(stopped.statusCode).toBe(429);
    expect(stopped.json()).toMatchObject({ code: 'TOO_MANY_TRIES', params: { seconds: 5 } });
    web.time.nowMs += 5_000;
    expect((await guess('one more')).statusCode).toBe(401);
    expect((await guess('one more')).json()).toMatchObject({ params: { seconds: 10 } });
    web.time.nowMs -= 3_600_000;
    expect((await guess('one more')).json()).toMatchObject({ params: { seconds: 10 } });
    web.time.nowMs += 3_610_000;
    expect((await guess(PASSPHRASE)).statusCode).toBe(204);
  });

  test('is not kept out by others who guess in their name from many places', async () => {
    await instructor();
    const from = (remoteAddress: string, passphrase: string) =>
      web.app.inject({
        method: 'POST',
        url: '/api/class/sign-in',
        headers: { host: web.host, 'x-rollout-lab': '1' },
        payload: { name: 'Lee', passphrase },
        remoteAddress,
      });
    for (let guess = 0; guess < 12; guess++) await from(`10.0.0.${guess % 2}`, 'a guess');
    expect((await from('10.0.0.1', PASSPHRASE)).statusCode).toBe(429);
    expect((await from('10.0.0.9', PASSPHRASE)).statusCode).toBe(204);
  });

  test('whose passphrase is reset is signed out everywhere else', async () => {
    const cookie = await instructor();
    const found = web.instructorStore.find('lee') ?? expect.unreachable();
    const token = tokenOf(resetLink(web.instructorStore, ORIGIN, found.instructor, web.time.nowMs));
    const account = { name: 'ignored', passphrase: 'quite another passphrase' };
    const reset = await post('/api/class/links/use', { token, account });
    expect(reset.statusCode).toBe(204);
    expect((await ask('GET', '/api/cohorts', cookie)).statusCode).toBe(401);
    expect((await ask('GET', '/api/cohorts', cookieOf(reset))).statusCode).toBe(200);
    expect((await post('/api/class/sign-in', { name: 'Lee', passphrase: PASSPHRASE })).statusCode).toBe(401);
  });

  test('is invited by another one, once, and removed again; a learner’s browser can not use the link', async () => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie);
    const invite = async () => {
      const answer = await ask('POST', `/api/cohorts/${id}/invitations`, cookie);
      return tokenOf(answer.json<{ link: string }>().link);
    };
    const token = await invite();
    const account = { name: 'Park', passphrase: PASSPHRASE };
    const learner = cookieOf(await join(joinCode, 'Min'));
    expect(codeOf(await post('/api/class/links/use', { token, account }, learner))).toBe('INSTRUCTORS_ONLY');
    const second = await post('/api/class/links/use', { token, account });
    expect(second.statusCode).toBe(204);
    const secondCookie = cookieOf(second);
    expect((await ask('GET', `/api/cohorts/${id}`, secondCookie)).statusCode).toBe(200);

    const late = await invite();
    web.time.nowMs += 25 * 3_600_000;
    expect(codeOf(await post('/api/class/links/look', { token: late }))).toBe('INSTRUCTOR_LINK_INVALID');

    const back = cookieOf(await post('/api/class/sign-in', { name: 'Lee', passphrase: PASSPHRASE }));
    const staff = (await ask('GET', `/api/cohorts/${id}/instructors`, back)).json();
    expect(staff.instructors.map(({ name }: { name: string }) => name)).toEqual(['Lee', 'Park']);
    const park = cookieOf(await post('/api/class/sign-in', account));
    const gone = await ask('DELETE', `/api/cohorts/${id}/instructors/${staff.instructors[1].id}`, back);
    expect(gone.statusCode).toBe(204);
    expect((await ask('GET', `/api/cohorts/${id}`, park)).statusCode).toBe(401);
    const parkAgain = cookieOf(await post('/api/class/sign-in', account));
    expect((await ask('GET', `/api/cohorts/${id}`, parkAgain)).statusCode).toBe(404);
    const { events } = (await ask('GET', `/api/cohorts/${id}/audit`, back)).json<CohortAudit>();
    expect(events.map(({ event, actor, target }) => [event, actor, target])).toContainEqual([
      'instructor-remove',
      'Lee',
      'Park',
    ]);
  });
});

describe('joining', () => {
  test('takes a seat, signs in at once and gives a return code for another device', async () => {
    const { id, joinCode } = await cohort(await instructor());
    const typed = `${joinCode.slice(0, 4).toLowerCase()} - ${joinCode.slice(4)}`;
    const look = await post('/api/join/look', { code: typed });
    expect(look.json()).toEqual({
      cohort: '화요일 반',
      instructors: ['Lee'],
      watchWithoutAsking: false,
    });
    const joined = await join(typed, ' 민수 ');
    expect(joined.statusCode).toBe(201);
    const { returnCode, name } = joined.json<{ returnCode: string; name: string }>();
    expect(name).toBe('민수');
    expect(returnCode).toMatch(/^[2-9A-HJKMNP-TV-Z]{16}$/);
    const back = await post('/api/join/return', { code: returnCode.toLowerCase() });
    const me = (cookie: string) => ask('GET', '/api/me', cookie).then((answer) => answer.json());
    const [first, second] = [await me(cookieOf(joined)), await me(cookieOf(back))];
    expect(second.learner).toEqual(first.learner);
    expect(second.cohort).toEqual({ id, name: '화요일 반' });
    // Both devices stay signed in.
    expect((await ask('GET', '/api/progress', cookieOf(joined))).statusCode).toBe(200);
    const dump = JSON.stringify(web.database.prepare('SELECT * FROM enrolment').all());
    expect(dump).not.toContain(returnCode);
  });

  test('of two of the same name tells them apart', async () => {
    const { joinCode } = await cohort(await instructor());
    const names = [];
    for (const typed of ['김민수', '김 민수', '김민수'.normalize('NFD')])
      names.push((await join(joinCode, typed)).json<{ name: string }>().name);
    expect(names).toEqual(['김민수', '김 민수 2', '김민수 3']);
  });

  test.each([
    ['   ', 'NAME_EMPTY'],
    ['x'.repeat(41), 'NAME_TOO_LONG'],
    ['a\u202eb', 'NAME_HAS_BAD_CHARACTERS'],
    ['a\u200bb', 'NAME_HAS_BAD_CHARACTERS'],
    ['a\u0007b', 'NAME_HAS_BAD_CHARACTERS'],
  ])('as %j says what is wrong with the name and takes no seat', async (name, code) => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie);
    expect(codeOf(await join(joinCode, name))).toBe(code);
    expect(await roster(cookie, id)).toEqual([]);
  });

  test('ends with the last seat, for which two come at once; removing somebody frees one', async () => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie, 2);
    await join(joinCode, 'A');
    const both = await Promise.all([join(joinCode, 'B'), join(joinCode, 'C')]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    expect(codeOf(both.find(({ statusCode }) => statusCode === 409)!)).toBe('JOIN_FULL');
    const [first] = await roster(cookie, id);
    const remove = `/api/cohorts/${id}/learners/${first!.id}/remove`;
    expect((await post(remove, { data: 'keep' }, cookie)).statusCode).toBe(204);
    expect((await join(joinCode, 'D')).statusCode).toBe(201);
  });

  test('follows the clock, the pause and the code of the class', async () => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie);
    const change = (body: object) => post(`/api/cohorts/${id}`, body, cookie);
    const { nowMs } = web.time;
    const times = { opensAtMs: nowMs + 60_000, closesAtMs: nowMs + 120_000 };
    expect((await change(times)).json()).toMatchObject({ joining: 'not-yet' });
    expect(codeOf(await change({ closesAtMs: times.opensAtMs }))).toBe('COHORT_TIMES_INVALID');
    expect(codeOf(await join(joinCode, 'A'))).toBe('JOIN_NOT_OPEN_YET');
    web.time.nowMs += 60_000;
    const { returnCode } = (await join(joinCode, 'A')).json<{ returnCode: string }>();
    await change({ joiningPaused: true });
    expect(codeOf(await join(joinCode, 'B'))).toBe('JOIN_PAUSED');
    web.time.nowMs += 60_000;
    expect(codeOf(await join(joinCode, 'B'))).toBe('JOIN_CLOSED');
    // Who has a seat comes back all the same.
    expect((await post('/api/join/return', { code: returnCode })).statusCode).toBe(200);
    // The server's clock is put right: what was closed is open again.
    web.time.nowMs -= 60_000;
    await change({ joiningPaused: false });
    const renewed = (await ask('POST', `/api/cohorts/${id}/join-code`, cookie)).json<CohortView>();
    expect(codeOf(await join(joinCode, 'B'))).toBe('JOIN_CODE_UNKNOWN');
    expect((await join(renewed.joinCode, 'B')).statusCode).toBe(201);
  });

  test('can not be guessed: after thirty wrong codes an address waits, with right ones it does not', async () => {
    const { joinCode } = await cohort(await instructor(), 200);
    for (let learner = 0; learner < 40; learner++)
      expect((await join(joinCode, `L${learner}`)).statusCode).toBe(201);
    for (let time = 0; time < 30; time++)
      expect((await post('/api/join/return', { code: `WRONG${time}` })).statusCode).toBe(404);
    const stopped = await join(joinCode, 'late');
    expect(stopped.statusCode).toBe(429);
    expect(stopped.json()).toMatchObject({ code: 'TOO_MANY_TRIES', params: { seconds: 10 } });
    web.time.nowMs += 10_000;
    expect((await join(joinCode, 'late')).statusCode).toBe(201);
  });

  test('as another person from the same browser ends the first one there', async () => {
    const { joinCode } = await cohort(await instructor());
    const first = cookieOf(await join(joinCode, 'A'));
    const second = cookieOf(await join(joinCode, 'B', first));
    expect((await ask('GET', '/api/progress', first)).statusCode).toBe(401);
    expect((await ask('GET', '/api/progress', second)).statusCode).toBe(200);
  });

  test('a new return code voids the old one', async () => {
    const { joinCode } = await cohort(await instructor());
    const joined = await join(joinCode, 'A');
    const renewed = await ask('POST', '/api/me/return-code', cookieOf(joined));
    const codes = [joined, renewed].map((answer) => answer.json<{ returnCode: string }>().returnCode);
    expect(codeOf(await post('/api/join/return', { code: codes[0] }))).toBe('RETURN_CODE_UNKNOWN');
    expect((await post('/api/join/return', { code: codes[1] })).statusCode).toBe(200);
  });
});

describe('the roster', () => {
  const attempt = (learnerId: string, exercise: string, session: string) =>
    web.database
      .prepare(
        `INSERT INTO attempt (learner_id, exercise_id, exercise_revision, lab_session_id, trigger, passed, verdict_json,
           at_ms) VALUES (?, ?, 1, ?, 'button', 1, '{}', 5)`,
      )
      .run(learnerId, exercise, session);

  test('merges two learners: work adds up, labs move, both codes lead to the one kept', async () => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie);
    const [kept, other] = [await join(joinCode, 'Min'), await join(joinCode, 'Min phone')];
    const [keptId, otherId] = (await roster(cookie, id)).map((one) => one.id);
    attempt(keptId!, '14.1-deploy', 'one');
    attempt(otherId!, '14.1-health', 'two');
    const start = async (of: Answer, lab: string) =>
      (await ask('POST', '/api/lab-sessions', cookieOf(of), { lab })).json<{ id: string }>().id;
    const [moves, keptsOwn, doubled] = [
      await start(other, 'quorum'),
      await start(kept, 'numbers'),
      await start(other, 'numbers'),
    ];
    const merge = await post(`/api/cohorts/${id}/learners/${keptId}/merge`, { other: otherId }, cookie);
    expect(merge.statusCode).toBe(204);
    expect(await roster(cookie, id)).toMatchObject([{ id: keptId, name: 'Min', passed: 2 }]);
    expect((await ask('GET', '/api/progress', cookieOf(other))).statusCode).toBe(401);
    const open = (await ask('GET', '/api/lab-sessions', cookieOf(kept))).json<{ id: string }[]>();
    expect(open.map((one) => one.id).sort()).toEqual([moves, keptsOwn].sort());
    expect(web.sessions.all().map((one) => one.id)).not.toContain(doubled);
    const owner = web.database.prepare('SELECT learner_id FROM lab_session WHERE id = ?').get(moves);
    expect(owner).toEqual({ learner_id: keptId });
    const { returnCode } = other.json<{ returnCode: string }>();
    const back = await post('/api/join/return', { code: returnCode });
    expect((await ask('GET', '/api/me', cookieOf(back))).json().learner.id).toBe(keptId);
    expect((await ask('GET', '/api/progress', cookieOf(kept))).statusCode).toBe(200);
    const same = await post(`/api/cohorts/${id}/learners/${keptId}/merge`, { other: keptId }, cookie);
    expect(codeOf(same)).toBe('LEARNER_UNKNOWN');
  });

  test.each(['keep', 'delete'] as const)('removes a learner, to %s what they did', async (data) => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie);
    const joined = await join(joinCode, 'Min');
    const [{ id: learnerId }] = (await roster(cookie, id)) as [Roster['learners'][number]];
    attempt(learnerId, '14.1-deploy', 'one');
    await ask('POST', '/api/lab-sessions', cookieOf(joined), { lab: 'numbers' });
    await post(`/api/cohorts/${id}/learners/${learnerId}/remove`, { data }, cookie);
    expect((await ask('GET', '/api/progress', cookieOf(joined))).statusCode).toBe(401);
    const { returnCode } = joined.json<{ returnCode: string }>();
    expect(codeOf(await post('/api/join/return', { code: returnCode }))).toBe('RETURN_CODE_UNKNOWN');
    expect(web.sessions.listOf(learnerId)).toEqual([]);
    const left = web.database
      .prepare('SELECT count(*) AS n FROM attempt WHERE learner_id = ?')
      .get(learnerId);
    expect(left).toEqual({ n: data === 'keep' ? 1 : 0 });
  });

  test('makes seats from names: all of them or none, each with a code that signs in', async () => {
    const cookie = await instructor();
    const { id } = await cohort(cookie, 3);
    const seats = (names: string[]) => post(`/api/cohorts/${id}/learners`, { names }, cookie);
    expect(codeOf(await seats(['A', 'B', 'C', 'D']))).toBe('JOIN_FULL');
    expect(codeOf(await seats(['A', 'x'.repeat(41)]))).toBe('NAME_TOO_LONG');
    expect(await roster(cookie, id)).toEqual([]);
    const made = (await seats(['A', 'A', 'B'])).json().learners;
    expect(made.map(({ name }: { name: string }) => name)).toEqual(['A', 'A 2', 'B']);
    expect((await roster(cookie, id)).every(({ joinedAtMs }) => joinedAtMs === null)).toBe(true);
    expect((await post('/api/join/return', { code: made[1].returnCode })).json().name).toBe('A 2');
    expect((await roster(cookie, id)).filter(({ joinedAtMs }) => joinedAtMs !== null)).toHaveLength(1);
  });

  test('renames, but not to a name that another one has', async () => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie);
    await join(joinCode, 'A');
    await join(joinCode, 'B');
    const [a] = await roster(cookie, id);
    const rename = (name: string) => post(`/api/cohorts/${id}/learners/${a!.id}/name`, { name }, cookie);
    expect(codeOf(await rename('b'))).toBe('LEARNER_NAME_TAKEN');
    expect((await rename('a')).statusCode).toBe(204);
    expect((await roster(cookie, id)).map(({ name }) => name)).toEqual(['B', 'a']);
  });

  test('goes out as CSV for Excel, with formulas defused', async () => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie);
    await join(joinCode, '=HYPERLINK("http://x","a")');
    await join(joinCode, 'Kim, "Max"');
    const { headers, rawPayload } = await ask('GET', `/api/cohorts/${id}/roster.csv?lang=ko`, cookie);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain(
      "filename*=UTF-8''%ED%99%94%EC%9A%94%EC%9D%BC%20%EB%B0%98.csv",
    );
    expect([...rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [header, first, second, ...rest] = rawPayload.toString('utf8').slice(1).split('\r\n');
    expect(header).toBe('이름,참가한 시각,마지막 접속,통과한 실습,ID');
    expect(first).toMatch(/^"'=HYPERLINK\(""http:\/\/x"",""a""\)",/);
    expect(second).toMatch(/^"Kim, ""Max""",/);
    expect(rest).toEqual(['']);
  });
});

describe('what is stored of a learner', () => {
  test('can be taken away and deleted; nothing is left but a trail without the name', async () => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie);
    const joined = cookieOf(await join(joinCode, 'Min'));
    const [{ id: learnerId }] = (await roster(cookie, id)) as [Roster['learners'][number]];
    const data = await ask('GET', '/api/me/data', joined);
    expect(data.headers['content-disposition']).toContain('attachment');
    expect(data.json()).toMatchObject({ learner: [{ name: 'Min' }], enrolment: [{ cohort_id: id }] });
    expect(data.body).not.toMatch(/hash/);
    expect(data.json().audit_event).toMatchObject([{ event: 'learner-join', address: '127.0.0.1' }]);
    const seen = await ask('GET', `/api/cohorts/${id}/learners/${learnerId}/data`, cookie);
    expect(Object.keys(seen.json())).toEqual(expect.arrayContaining(['learner', 'attempt', 'lab_session']));
    expect(seen.body).not.toContain('127.0.0.1');
    expect(seen.json().login_session).toBeUndefined();
    expect((await ask('POST', '/api/me/delete', joined)).statusCode).toBe(204);
    expect(await roster(cookie, id)).toEqual([]);
    const tables = web.database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    for (const { name } of tables) {
      const rows = JSON.stringify(web.database.prepare(`SELECT * FROM ${String(name)}`).all());
      if (name === 'audit_event') expect(rows).not.toContain(`"actor":"${learnerId}"`);
      else expect(rows, String(name)).not.toContain(learnerId);
    }
  });

  test('goes with the class when that is deleted, labs first', async () => {
    const cookie = await instructor();
    const { id, joinCode } = await cohort(cookie);
    const joined = cookieOf(await join(joinCode, 'Min'));
    await ask('POST', '/api/lab-sessions', joined, { lab: 'numbers' });
    const [{ id: learnerId }] = (await roster(cookie, id)) as [Roster['learners'][number]];
    expect((await ask('DELETE', `/api/cohorts/${id}`, cookie)).statusCode).toBe(204);
    expect((await ask('GET', '/api/progress', joined)).statusCode).toBe(401);
    expect(web.sessions.listOf(learnerId)).toEqual([]);
    expect(web.database.prepare('SELECT * FROM learner WHERE id = ?').get(learnerId)).toBeUndefined();
    expect((await ask('GET', '/api/cohorts', cookie)).json()).toEqual({ cohorts: [] });
  });
});

test('an instructor changes the passphrase by the present one, and other browsers are signed out', async () => {
  const here = await instructor();
  const elsewhere = cookieOf(await post('/api/class/sign-in', { name: 'Lee', passphrase: PASSPHRASE }));
  const change = (old: string, passphrase: string) =>
    post('/api/class/passphrase', { old, passphrase }, here);
  expect(codeOf(await change('something else', 'wind and paper boats'))).toBe('PASSPHRASE_WRONG');
  expect(codeOf(await change(PASSPHRASE, 'short'))).toBe('PASSPHRASE_TOO_SHORT');
  expect((await change(PASSPHRASE, 'wind and paper boats')).statusCode).toBe(204);
  expect((await ask('GET', '/api/cohorts', here)).statusCode).toBe(200);
  expect((await ask('GET', '/api/cohorts', elsewhere)).statusCode).toBe(401);
  const old = await post('/api/class/sign-in', { name: 'Lee', passphrase: PASSPHRASE });
  expect(codeOf(old)).toBe('INSTRUCTOR_SIGN_IN_REFUSED');
  const fresh = await post('/api/class/sign-in', { name: 'Lee', passphrase: 'wind and paper boats' });
  expect(fresh.statusCode).toBe(204);
});

test('a browser that was left alone is no way to guess the passphrase', async () => {
  const here = await instructor();
  const guess = () =>
    post('/api/class/passphrase', { old: 'guess', passphrase: 'wind and paper boats' }, here);
  for (let tries = 0; tries < 11; tries++) await guess();
  expect(codeOf(await guess())).toBe('TOO_MANY_TRIES');
});

test('solutions stay closed where the class says so', async () => {
  const cookie = await instructor();
  const { id, joinCode } = await cohort(cookie);
  const joined = cookieOf(await join(joinCode, 'Min'));
  await post(`/api/cohorts/${id}`, { policies: { solutionsOpen: false } }, cookie);
  const solution = () => ask('POST', '/api/exercises/14.1-deploy/solution', joined);
  expect(codeOf(await solution())).toBe('SOLUTION_LOCKED');
  await post(`/api/cohorts/${id}`, { policies: { solutionsOpen: true } }, cookie);
  expect((await solution()).statusCode).toBe(200);
});

test('alone there is no class, and nobody is told to join one', async () => {
  await web.app.close();
  web = await webFixture();
  expect(codeOf(await join('ABCDEFGH', 'A'))).toBe('CLASS_MODE_OFF');
  expect(codeOf(await ask('GET', '/api/cohorts', null))).toBe('CLASS_MODE_OFF');
  expect(codeOf(await ask('GET', '/api/progress', null))).toBe('NOT_SIGNED_IN');
});
