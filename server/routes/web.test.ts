import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { TERMINAL_PROTOCOL } from '#contract/terminal-protocol.ts';
import { randomToken } from '../random-id.ts';
import { webFixture } from '../testing/web-fixture.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
beforeEach(async () => {
  web = await webFixture();
});
afterEach(() => web.app.close());

test.each([
  ['a foreign host name (DNS rebinding)', { host: 'evil.example:4321' }, 421, 'FORBIDDEN_HOST'],
  ['a foreign origin', { origin: 'http://evil.example' }, 403, 'FORBIDDEN_ORIGIN'],
  ['the null origin of a sandboxed frame', { origin: 'null' }, 403, 'FORBIDDEN_ORIGIN'],
])('%s is refused before anything else', async (_name, headers, status, code) => {
  const response = await web.signedIn({ method: 'GET', url: '/api/lab-sessions', headers });
  expect(response.statusCode).toBe(status);
  expect(response.json()).toMatchObject({ code, status });
});

test('an unsafe request without our header is refused, cookie or not', async () => {
  const response = await web.app.inject({
    method: 'POST',
    url: '/api/lab-sessions',
    headers: { host: web.host, cookie: web.cookie },
    payload: { lab: 'numbers' },
  });
  expect(response.json()).toMatchObject({ code: 'FORBIDDEN_ORIGIN' });
});

test('nobody gets at labs without signing in', async () => {
  for (const url of ['/api/lab-sessions', '/api/progress', '/api/exercises/14.1-deploy/hints']) {
    const response = await web.anybody({ method: 'GET', url });
    expect(response.json(), url).toMatchObject({ code: 'NOT_SIGNED_IN', status: 401 });
  }
});

test('the launch link gives a strict, script-proof cookie, once', async () => {
  const launchToken = randomToken();
  web.logins.addLaunchToken(launchToken, web.learner.id, web.time.nowMs + 1000);
  const first = await web.anybody({ method: 'POST', url: '/api/login', payload: { launchToken } });
  expect(first.statusCode).toBe(204);
  expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Strict/);
  const second = await web.anybody({ method: 'POST', url: '/api/login', payload: { launchToken } });
  expect(second.json()).toMatchObject({ code: 'LAUNCH_LINK_INVALID' });
});

test('guessing launch links is slowed down', async () => {
  const answers = [];
  for (let guess = 0; guess < 12; guess++) {
    const answer = await web.anybody({
      method: 'POST',
      url: '/api/login',
      payload: { launchToken: randomToken() },
    });
    answers.push(answer.statusCode);
  }
  expect(answers.at(-1)).toBe(429);
});

test.each([
  [
    'an unknown lab',
    { method: 'POST', url: '/api/lab-sessions', payload: { lab: 'nothing' } },
    'LAB_UNKNOWN',
  ],
  ['a malformed body', { method: 'POST', url: '/api/lab-sessions', payload: { lab: 7 } }, 'REQUEST_INVALID'],
  [
    'an extra field',
    { method: 'POST', url: '/api/lab-sessions', payload: { lab: 'numbers', a: 1 } },
    'REQUEST_INVALID',
  ],
  ['a malformed session id', { method: 'GET', url: '/api/lab-sessions/..%2f..%2fetc' }, 'REQUEST_INVALID'],
  ['an unknown session', { method: 'GET', url: '/api/lab-sessions/aaaaaaaaaaaaaaaa' }, 'LAB_SESSION_UNKNOWN'],
  ['an unknown lesson', { method: 'GET', url: '/api/catalog/lessons/99.9' }, 'LESSON_UNKNOWN'],
  ['an unknown exercise', { method: 'POST', url: '/api/exercises/14.1-nothing/hints' }, 'EXERCISE_UNKNOWN'],
  ['an unknown path', { method: 'GET', url: '/api/nothing' }, 'NOT_FOUND'],
] as const)('%s ends in a problem that names it', async (_name, request, code) => {
  const response = await web.signedIn(request);
  expect(response.json()).toMatchObject({ code });
  expect(response.headers['content-type']).toContain('application/problem+json');
});

test('a body beyond the limit is refused', async () => {
  const payload = { lab: 'x'.repeat(100_000) };
  const response = await web.signedIn({ method: 'POST', url: '/api/lab-sessions', payload });
  expect(response.json()).toMatchObject({ code: 'REQUEST_TOO_LARGE' });
});

test('hints come one by one and end with a clear answer', async () => {
  const first = await web.signedIn({ method: 'POST', url: '/api/exercises/14.1-deploy/hints' });
  expect(first.json()).toEqual({ hints: [{ ko: '하나', en: 'one' }], total: 1, given: 0 });
  const second = await web.signedIn({ method: 'POST', url: '/api/exercises/14.1-deploy/hints' });
  expect(second.json()).toMatchObject({ code: 'NO_MORE_HINTS' });
});

test('an exercise of another lab cannot be entered', async () => {
  const session = await web.sessions.start(web.learner.id, 'numbers');
  await session.settled();
  const url = `/api/lab-sessions/${session.id}/exercise`;
  const response = await web.signedIn({ method: 'POST', url, payload: { exercise: '14.4-drain' } });
  expect(response.json()).toMatchObject({ code: 'EXERCISE_UNKNOWN' });
});

async function readySession(lab: string) {
  const session = await web.sessions.start(web.learner.id, lab);
  await session.settled();
  const of = (path: string) => `/api/lab-sessions/${session.id}${path}`;
  return { session, of };
}

/** Keeps new environments from being made until the returned function is called. */
function holdCreation(): () => void {
  const create = web.labHost.create.bind(web.labHost);
  const held = Promise.withResolvers<void>();
  web.labHost.create = async (request) => {
    await held.promise;
    return create(request);
  };
  return held.resolve;
}

const post = (url: string, payload: object) => web.signedIn({ method: 'POST', url, payload });

test('an exercise is prepared in the background and says how it differs before', async () => {
  const { session, of } = await readySession('numbers');
  web.grading.started[0]!.atStart = false;
  const compared = await web.signedIn({ method: 'GET', url: of('/exercises/14.1-health/start') });
  expect(compared.json()).toMatchObject({ exercise: '14.1-health', verdict: 'differs' });
  const goOn = holdCreation();
  const prepared = await post(of('/prepare'), { exercise: '14.1-health' });
  expect(prepared.statusCode).toBe(202);
  expect(prepared.json()).toMatchObject({ status: { state: 'resetting' } });
  expect((await post(of('/prepare'), { exercise: '14.1-health' })).json()).toMatchObject({
    code: 'LAB_BUSY',
  });
  goOn();
  await session.settled();
  const { json } = await web.signedIn({ method: 'GET', url: of('') });
  expect(json()).toMatchObject({ status: { state: 'ready' }, generation: 2, activeExercise: '14.1-health' });
});

test('a node is switched off and on, and offers no terminal between', async () => {
  const { of } = await readySession('quorum');
  const off = await post(of('/nodes/node2/power'), { to: 'off' });
  expect(off.json()).toMatchObject({ conditions: { node2: 'off' }, status: { state: 'ready' } });
  const terminal = { node: 'node2', cols: 80, rows: 24 };
  expect((await post(of('/terminals'), terminal)).json()).toMatchObject({
    code: 'NODE_POWERED_OFF',
    params: { node: 'node2' },
  });
  expect((await post(of('/nodes/node2/power'), { to: 'on' })).json().conditions).toEqual({});
  expect((await post(of('/terminals'), terminal)).statusCode).toBe(201);
});

test('a frozen node neither opens nor closes a terminal; an unplugged one does', async () => {
  const { session, of } = await readySession('quorum');
  const terminal = { node: 'node2', cols: 80, rows: 24 };
  const { id } = (await post(of('/terminals'), terminal)).json();
  const close = () => web.signedIn({ method: 'DELETE', url: of(`/terminals/${id}`) });
  expect((await post(of('/nodes/node2/power'), { to: 'frozen' })).statusCode).toBe(200);
  const frozen = { code: 'NODE_FROZEN', params: { node: 'node2' } };
  expect((await post(of('/terminals'), terminal)).json()).toMatchObject(frozen);
  expect((await close()).json()).toMatchObject(frozen);
  const unplug = await post(of('/nodes/node2/power'), { to: 'unplugged' });
  expect(unplug.json()).toMatchObject({ code: 'NODE_NOT_ON', params: { node: 'node2' } });
  await post(of('/nodes/node2/power'), { to: 'on' });
  await post(of('/nodes/node2/power'), { to: 'unplugged' });
  expect(session.conditions).toEqual({ node2: 'unplugged' });
  expect((await post(of('/terminals'), terminal)).statusCode).toBe(201);
  expect((await close()).statusCode).toBe(204);
});

test('a switch that the exercise forbids is refused with the reason in both languages', async () => {
  const reason = { ko: '비우는 실습이에요.', en: 'This is about draining.' };
  web.forbidden.set('14.5-quorum', { switches: ['frozen'], reason });
  const { of } = await readySession('quorum');
  const refused = await post(of('/nodes/node2/power'), { to: 'frozen' });
  expect(refused.statusCode).toBe(403);
  expect(refused.json()).toMatchObject({ code: 'SWITCH_FORBIDDEN_HERE', params: { reason } });
  expect((await post(of('/nodes/node2/power'), { to: 'off' })).statusCode).toBe(200);
});

test.each([
  ['an exercise of another lab', 'numbers', '/prepare', { exercise: '14.5-quorum' }, 'EXERCISE_UNKNOWN'],
  ['an exercise id that can be none', 'numbers', '/prepare', { exercise: '../../etc' }, 'REQUEST_INVALID'],
  ['no exercise', 'numbers', '/prepare', {}, 'REQUEST_INVALID'],
  ['an extra field', 'numbers', '/prepare', { exercise: '14.1-health', force: true }, 'REQUEST_INVALID'],
  ['a lab without switches', 'numbers', '/nodes/node1/power', { to: 'off' }, 'POWER_SWITCH_FORBIDDEN'],
  ['a node that the lab has not', 'quorum', '/nodes/node5/power', { to: 'off' }, 'NODE_UNKNOWN'],
  ['a node that can be none', 'quorum', '/nodes/host/power', { to: 'off' }, 'REQUEST_INVALID'],
  ['a condition that is none', 'quorum', '/nodes/node1/power', { to: 'removed' }, 'REQUEST_INVALID'],
  ['an earlier page', 'quorum', '/nodes/node1/power', { on: false }, 'REQUEST_INVALID'],
  ['a terminal nowhere', 'quorum', '/terminals', { node: 'node9', cols: 80, rows: 24 }, 'NODE_UNKNOWN'],
])('%s ends in a problem that names it', async (_name, lab, path, payload, code) => {
  const { session, of } = await readySession(lab);
  expect((await post(of(path), payload)).json()).toMatchObject({ code });
  expect(session.view()).toMatchObject({ status: { state: 'ready' }, generation: 1 });
  expect(session.conditions).toEqual({});
});

test('the start of an exercise of another lab is not compared', async () => {
  const { of } = await readySession('numbers');
  const compared = await web.signedIn({ method: 'GET', url: of('/exercises/14.5-quorum/start') });
  expect(compared.json()).toMatchObject({ code: 'EXERCISE_UNKNOWN' });
});

test('a lab of somebody else is neither prepared, compared nor switched', async () => {
  web.database.prepare('INSERT INTO learner VALUES (?, ?, ?)').run(web.stranger, 'somebody', 0);
  const session = await web.sessions.start(web.stranger, 'quorum');
  await session.settled();
  const of = (path: string) => `/api/lab-sessions/${session.id}${path}`;
  const answers = [
    await post(of('/prepare'), { exercise: '14.5-quorum' }),
    await post(of('/nodes/node1/power'), { to: 'off' }),
    await web.signedIn({ method: 'GET', url: of('/exercises/14.5-quorum/start') }),
  ];
  for (const answer of answers) expect(answer.json()).toMatchObject({ code: 'LAB_SESSION_UNKNOWN' });
  expect(session.view()).toMatchObject({ generation: 1 });
  expect(session.conditions).toEqual({});
});

test('a flood of preparations is slowed down', async () => {
  const { session, of } = await readySession('numbers');
  const codes: number[] = [];
  for (let time = 0; time < 25; time++) {
    codes.push((await post(of('/prepare'), { exercise: '14.1-deploy' })).statusCode);
  }
  expect(codes.at(-1)).toBe(429);
  await session.settled();
  expect(session.status.state).toBe('ready');
});

test('while a lab is reset, its nodes have no switches and its start can not be compared', async () => {
  const { session, of } = await readySession('quorum');
  const goOn = holdCreation();
  web.sessions.reset(session);
  expect((await post(of('/nodes/node1/power'), { to: 'off' })).json()).toMatchObject({ code: 'LAB_BUSY' });
  const compared = await web.signedIn({ method: 'GET', url: of('/exercises/14.5-quorum/start') });
  expect(compared.json()).toMatchObject({ code: 'LAB_NOT_READY' });
  goOn();
  await session.settled();
  expect(session.view()).toMatchObject({ status: { state: 'ready' } });
  expect(session.conditions).toEqual({});
});

async function terminalWithTicket() {
  const session = await web.sessions.start(web.learner.id, 'numbers');
  await session.settled();
  const opened = await web.signedIn({
    method: 'POST',
    url: `/api/lab-sessions/${session.id}/terminals`,
    payload: { node: 'node1', cols: 80, rows: 24 },
  });
  const { id } = opened.json() as { id: string };
  const url = `/api/lab-sessions/${session.id}/terminals/${id}/ticket`;
  const { ticket } = (await web.signedIn({ method: 'POST', url })).json() as { ticket: string };
  return { session, id, ticket };
}

/** Resolves with 101 when the socket opened, else with the status of the refusal. */
async function upgrade(
  path: string,
  protocols: string[],
  headers: Record<string, string> = {},
): Promise<number> {
  if (!web.app.server.listening) await web.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = web.app.server.address() as AddressInfo;
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, {
      headers: { host: web.host, origin: `http://${web.host}`, cookie: web.cookie, ...headers },
    });
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('error', () => {});
  });
}

test('a ticket opens its terminal exactly once', async () => {
  const { id, ticket } = await terminalWithTicket();
  const protocols = [TERMINAL_PROTOCOL, `ticket.${ticket}`];
  expect(await upgrade(`/ws/terminals/${id}`, protocols)).toBe(101);
  expect(web.connected).toEqual([id]);
  expect(await upgrade(`/ws/terminals/${id}`, protocols)).toBe(401);
});

test.each([
  ['without a ticket', [TERMINAL_PROTOCOL], {}, 401],
  ['without the cookie of the login that took the ticket', null, { cookie: '' }, 401],
  ['from a foreign origin', null, { origin: 'http://evil.example' }, 403],
  ['under a foreign host name', null, { host: 'evil.example' }, 421],
])('a terminal socket %s is refused before the handshake', async (_name, protocols, headers, status) => {
  const { id, ticket } = await terminalWithTicket();
  const offered = protocols ?? [TERMINAL_PROTOCOL, `ticket.${ticket}`];
  expect(await upgrade(`/ws/terminals/${id}`, [...offered], headers)).toBe(status);
});

test('a ticket for one terminal does not open another', async () => {
  const { ticket } = await terminalWithTicket();
  const { id } = await terminalWithTicket();
  expect(await upgrade(`/ws/terminals/${id}`, [TERMINAL_PROTOCOL, `ticket.${ticket}`])).toBe(401);
});
