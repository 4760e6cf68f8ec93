import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { TERMINAL_CLOSE, TERMINAL_PROTOCOL } from '#contract/terminal-protocol.ts';
import { randomToken } from '../random-id.ts';
import { SqliteLoginStore } from '../store/login-store.ts';
import { type WebFixtureOptions, webFixture } from '../testing/web-fixture.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
async function begin(options: WebFixtureOptions = {}): Promise<void> {
  web = await webFixture(options);
}
beforeEach(() => begin());
afterEach(() => web.app.close());

function launchToken(): string {
  const token = randomToken();
  web.logins.addLaunchToken(token, web.learner.id, web.time.nowMs + 1000);
  return token;
}

const signIn = (headers: Record<string, string> = {}) =>
  web.anybody({ method: 'POST', url: '/api/login', payload: { launchToken: launchToken() }, headers });
const cookieOf = (response: { headers: Record<string, unknown> }): string =>
  String(response.headers['set-cookie']).split(';')[0] ?? '';
const asks = async (cookie: string): Promise<number> =>
  (await web.anybody({ method: 'GET', url: '/api/progress', headers: { cookie } })).statusCode;

describe('a login session', () => {
  test('is new at every sign-in, and the one before is over', async () => {
    const first = cookieOf(await signIn());
    const second = cookieOf(await signIn({ cookie: first }));
    expect(second).not.toBe(first);
    expect(await asks(first)).toBe(401);
    expect(await asks(second)).toBe(200);
  });

  test('ends on the server when its learner signs out', async () => {
    const cookie = cookieOf(await signIn());
    const out = await web.anybody({ method: 'POST', url: '/api/logout', headers: { cookie } });
    expect(out.statusCode).toBe(204);
    expect(String(out.headers['set-cookie'])).toMatch(
      /^rollout-lab-4321=;.*(Expires=Thu, 01 Jan 1970|Max-Age=0)/,
    );
    expect(await asks(cookie)).toBe(401);
  });

  test.each([
    ['alone', 6 * 24 * 60, 8 * 24 * 60],
    ['class', 23 * 60, 25 * 60],
  ] as const)('of mode %s lasts %d idle minutes and not %d', async (mode, shortMinutes, longMinutes) => {
    await web.app.close();
    await begin({ mode });
    const cookie = cookieOf(await signIn());
    web.time.nowMs += shortMinutes * 60_000;
    expect(await asks(cookie)).toBe(200);
    web.time.nowMs += longMinutes * 60_000;
    expect(await asks(cookie)).toBe(401);
  });

  test.each([
    ['learner', 14 * 24],
    ['instructor', 12],
  ] as const)('of a class: %s, is over after %d hours, used or not', async (role, hours) => {
    await web.app.close();
    await begin({ mode: 'class' });
    const token = randomToken();
    const { instructor } = web.joined ?? expect.unreachable();
    if (role === 'learner') web.logins.addLoginSession(token, web.learner.id, web.time.nowMs);
    else web.logins.addInstructorSession(token, instructor.id, web.time.nowMs);
    const isIn = async () => {
      const headers = { cookie: `rollout-lab-4321=${token}` };
      const { statusCode } = await web.anybody({
        method: 'GET',
        url: role === 'learner' ? '/api/progress' : '/api/cohorts',
        headers,
      });
      return statusCode === 200;
    };
    for (let hour = 1; hour < hours; hour++) {
      web.time.nowMs += 3_600_000;
      expect(await isIn(), `hour ${hour}`).toBe(true);
    }
    web.time.nowMs += 3_600_000;
    expect(await isIn()).toBe(false);
  });

  test('of an instructor ends after two idle hours', async () => {
    await web.app.close();
    await begin({ mode: 'class' });
    const token = randomToken();
    const { instructor } = web.joined ?? expect.unreachable();
    web.logins.addInstructorSession(token, instructor.id, web.time.nowMs);
    web.time.nowMs += 119 * 60_000;
    expect(web.logins.findLoginSession(token, web.time.nowMs)?.instructor?.id).toBe(instructor.id);
    web.time.nowMs += 121 * 60_000;
    expect(web.logins.findLoginSession(token, web.time.nowMs)).toBeNull();
  });

  test('counts in its own mode only: learners without a class not in a class, instructors not alone', async () => {
    await web.app.close();
    await begin({ mode: 'class' });
    const [learners, instructors] = [randomToken(), randomToken()];
    const { instructor } = web.joined ?? expect.unreachable();
    web.logins.addLoginSession(learners, web.learner.id, web.time.nowMs);
    web.logins.addInstructorSession(instructors, instructor.id, web.time.nowMs);
    expect(web.logins.findLoginSession(learners, web.time.nowMs)).not.toBeNull();
    web.enrolments.remove(web.learner.id, web.time.nowMs);
    expect(web.logins.findLoginSession(learners, web.time.nowMs)).toBeNull();
    const alone = new SqliteLoginStore(web.database, 'alone');
    expect(alone.findLoginSession(instructors, web.time.nowMs)).toBeNull();
    expect(alone.soleLearner(web.time.nowMs).id).not.toBe(web.learner.id);
  });
});

/** A terminal and an event stream of one login session, over a real port. */
async function openAll(cookie: string) {
  const session = await web.sessions.start(web.learner.id, 'numbers');
  await session.settled();
  const { id } = await web.terminals.open(session.id, session.running.environment.nodes[0]!);
  const of = `/api/lab-sessions/${session.id}`;
  const answer = await web.anybody({
    method: 'POST',
    url: `${of}/terminals/${id}/ticket`,
    headers: { cookie },
  });
  const { ticket } = answer.json<{ ticket: string }>();
  if (!web.app.server.listening) await web.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = web.app.server.address() as AddressInfo;
  const open = () =>
    new WebSocket(`ws://127.0.0.1:${port}/ws/terminals/${id}`, [TERMINAL_PROTOCOL, `ticket.${ticket}`], {
      headers: { host: web.host, origin: `http://${web.host}`, cookie },
    });
  const events = await web.app.inject({
    method: 'GET',
    url: `${of}/events`,
    headers: { host: web.host, cookie },
    payloadAsStream: true,
  });
  return { open, events: events.stream() };
}

const closeCode = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => {
    socket.once('close', (code) => resolve(code));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('error', () => {});
  });

describe('what a login session holds open', () => {
  test('ends when it is signed out: terminals and event streams', async () => {
    const cookie = cookieOf(await signIn());
    const { open, events } = await openAll(cookie);
    const socket = open();
    const closed = closeCode(socket);
    await new Promise((resolve) => socket.once('open', resolve));
    const ended = new Promise((resolve) => events.once('end', resolve));
    events.resume();
    await web.anybody({ method: 'POST', url: '/api/logout', headers: { cookie } });
    expect(await closed).toBe(TERMINAL_CLOSE.ticket);
    await ended;
  });

  test('ends when it expires', async () => {
    const cookie = cookieOf(await signIn());
    const { events } = await openAll(cookie);
    const ended = new Promise((resolve) => events.once('end', resolve));
    events.resume();
    web.time.nowMs += 31 * 24 * 3_600_000;
    web.loginConnections.sweep((id) => web.logins.isAlive(id, web.time.nowMs));
    await ended;
  });

  test('can not be opened with a ticket from before', async () => {
    const cookie = cookieOf(await signIn());
    const { open } = await openAll(cookie);
    await web.anybody({ method: 'POST', url: '/api/logout', headers: { cookie } });
    expect(await closeCode(open())).toBe(401);
  });
});

describe('guessing', () => {
  const guess = (headers: Record<string, string> = {}) =>
    web.anybody({ method: 'POST', url: '/api/login', payload: { launchToken: randomToken() }, headers });

  test('is over after five tries a minute, also with the right link; a class that signs in is not', async () => {
    for (let learner = 0; learner < 30; learner++) expect((await signIn()).statusCode).toBe(204);
    for (let time = 0; time < 5; time++) expect((await guess()).statusCode).toBe(401);
    expect((await guess()).statusCode).toBe(429);
    expect((await signIn()).statusCode).toBe(429);
    web.time.nowMs += 60_000;
    expect((await signIn()).statusCode).toBe(204);
  });
});

describe('behind a proxy', () => {
  const PUBLIC = { host: 'lab.example', origin: 'https://lab.example' };
  beforeEach(async () => {
    await web.app.close();
    await begin({ publicUrl: 'https://lab.example' });
  });

  test('the cookie is for this host and https only, and browsers are told to come by https', async () => {
    const response = await signIn(PUBLIC);
    const cookie = String(response.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-rollout-lab=[\w-]{43};/);
    expect(cookie).toMatch(/Path=\/; HttpOnly; Secure; SameSite=Strict/);
    expect(cookie).not.toContain('Domain');
    expect(response.headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test.each([
    ['our own host and port', { host: '127.0.0.1:4321', origin: 'http://127.0.0.1:4321' }, 421],
    ['the public host by http', { ...PUBLIC, origin: 'http://lab.example' }, 403],
    ['the public host with another port', { ...PUBLIC, origin: 'https://lab.example:444' }, 403],
    ['a sister host', { ...PUBLIC, origin: 'https://evil.lab.example' }, 403],
  ])('%s is not where browsers are', async (_name, headers, status) => {
    expect((await signIn(headers)).statusCode).toBe(status);
  });

  test('the operator may ask for health on the machine itself, and nothing else', async () => {
    const headers = { host: 'localhost:4321' };
    expect((await web.app.inject({ method: 'GET', url: '/healthz', headers })).statusCode).toBe(200);
    expect((await web.app.inject({ method: 'GET', url: '/api/me', headers })).statusCode).toBe(421);
  });

  test('the address is what the proxy wrote last, and only it is believed', async () => {
    const from = async (forwarded: string, remoteAddress: string): Promise<string | null | undefined> => {
      await web.app.inject({
        method: 'POST',
        url: '/api/logout',
        headers: { ...PUBLIC, 'x-rollout-lab': '1', 'x-forwarded-for': forwarded },
        remoteAddress,
      });
      return web.auditStore.newest(1)[0]?.address;
    };
    expect(await from('6.6.6.6, 203.0.113.7', '127.0.0.1')).toBe('203.0.113.7');
    expect(await from('203.0.113.8', '198.51.100.1')).toBe('198.51.100.1');
    expect(await from('nonsense', '::1')).toBe('::1');
  });
});

test('without a public address nobody is believed to be somebody else, and nothing asks for https', async () => {
  const response = await web.app.inject({
    method: 'POST',
    url: '/api/logout',
    headers: { host: web.host, 'x-rollout-lab': '1', 'x-forwarded-for': '203.0.113.7' },
  });
  expect(web.auditStore.newest(1)[0]?.address).toBe('127.0.0.1');
  expect(response.headers['strict-transport-security']).toBeUndefined();
});
