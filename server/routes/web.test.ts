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
  expect(first.json()).toEqual({ hints: [{ ko: '하나', en: 'one' }], total: 1 });
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
      headers: { host: web.host, origin: `http://${web.host}`, ...headers },
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
