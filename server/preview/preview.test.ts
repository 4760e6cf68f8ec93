import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { LabError } from '../domain/lab-error.ts';
import type { LabSession } from '../domain/lab-session.ts';
import { readyLab } from '../testing/lab-fixture.ts';
import { webFixture } from '../testing/web-fixture.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
let session: LabSession;
let host: string;
const servers: (Server | TcpServer)[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  web = await webFixture();
  await web.app.listen({ host: '127.0.0.1', port: 0 });
  session = await readyLab(web, 'quorum');
  answer = (_request, response) => response.end('hello');
  const app = await listening(createServer((asked, response) => answer(asked, response)));
  const sockets = new WebSocketServer({ server: app });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`heard ${data}`)));
  host = new URL(await opened()).host;
});

afterEach(async () => {
  await web.app.close();
  for (const server of servers.splice(0)) server.close();
});

/** Something that listens on port 80 of node1. */
async function listening<T extends Server | TcpServer>(server: T): Promise<T> {
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  web.dialer.ports.set('node1:80', (server.address() as AddressInfo).port);
  return server;
}

async function opened(cookie = web.cookie): Promise<string> {
  const url = `/api/lab-sessions/${session.id}/previews`;
  const payload = { node: 'node1', port: 80 };
  return (await web.anybody({ method: 'POST', url, headers: { cookie }, payload })).json().origin;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

const sitePort = (): number => (web.app.server.address() as AddressInfo).port;

function send(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return request({ port: sitePort(), host: '127.0.0.1', path, method, headers: { host, ...headers } });
}

async function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  const sent = send(path, headers, body === undefined ? 'GET' : 'POST');
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

test('the application answers under its own host, and hears of itself what it expects', async () => {
  let heard: IncomingMessage['headers'] = {};
  answer = (asked, response) => {
    heard = asked.headers;
    response.writeHead(418, { 'x-own': 'yes' }).end(asked.url);
  };
  const reply = await ask('/a?b=c', {
    origin: `http://${host}`,
    referer: `http://${host}/before`,
    cookie: `${web.cookie}; theme=dark`,
    'x-forwarded-for': '1.2.3.4',
    connection: 'x-mine',
    'x-mine': '1',
  });
  expect(reply).toMatchObject({ status: 418, text: '/a?b=c', headers: { 'x-own': 'yes' } });
  expect(heard).toMatchObject({
    host: 'node1',
    origin: 'http://node1',
    referer: 'http://node1/before',
    cookie: 'theme=dark',
    'x-forwarded-host': host,
    'x-forwarded-proto': 'http',
  });
  expect(heard).not.toHaveProperty('x-forwarded-for');
  expect(heard).not.toHaveProperty('x-mine');
});

test('bodies go both ways, with a length and in pieces', async () => {
  answer = (asked, response) => void asked.pipe(response);
  const body = 'x'.repeat(300_000);
  expect((await ask('/', {}, body)).text).toBe(body);
  const sent = send('/', { 'transfer-encoding': 'chunked' }, 'DELETE');
  sent.write('one ');
  sent.end('two');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect((await response.toArray()).join('')).toBe('one two');
});

test('an answer may set what concerns itself, and nothing beside', async () => {
  answer = (_asked, response) => {
    response.writeHead(302, {
      location: 'http://node1/next?x=1#y',
      'set-cookie': ['a=1; Domain=localhost; Path=/', 'b=2; domain = .example; HttpOnly'],
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=1000',
      'clear-site-data': '"cookies"',
      'service-worker-allowed': '/',
      'referrer-policy': 'unsafe-url',
      'content-security-policy': "default-src 'self'; frame-ancestors 'none'; upgrade-insecure-requests",
    });
    response.end();
  };
  const { headers } = await ask('/');
  expect(headers.location).toBe(`http://${host}/next?x=1#y`);
  expect(headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2; HttpOnly']);
  expect(headers['content-security-policy']).toBe(
    "default-src 'self', frame-ancestors http://127.0.0.1:4321 http://localhost:4321",
  );
  expect(headers).toMatchObject({
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
  });
  for (const name of [
    'x-frame-options',
    'strict-transport-security',
    'clear-site-data',
    'service-worker-allowed',
  ])
    expect(headers, name).not.toHaveProperty(name);
});

test.each([
  ['/relative', '/relative'],
  ['http://elsewhere.example/', 'http://elsewhere.example/'],
  ['http://node1:8080/', 'http://node1:8080/'],
  ['javascript:alert(1)', 'javascript:alert(1)'],
  ['http://[', 'http://['],
])('a way to %s', async (location, seen) => {
  answer = (_asked, response) => response.writeHead(302, { location }).end();
  const own = seen === '/relative' ? `http://${host}${seen}` : seen;
  expect((await ask('/')).headers.location).toBe(own);
});

test('a WebSocket goes through, and its own Origin is the application’s', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${sitePort()}/chat`, {
    headers: { host, origin: `http://${host}` },
  });
  await once(socket, 'open');
  socket.send('hi');
  expect(String((await once(socket, 'message'))[0])).toBe('heard hi');
  web.loginConnections.end(await loginId());
  await once(socket, 'close');
  await vi.waitFor(() => expect(web.dialer.open.size).toBe(0));
});

/** Of the fixture's learner. */
async function loginId(): Promise<string> {
  return web.logins.findLoginSession(web.cookie.split('=')[1] ?? '', web.time.nowMs)?.id ?? '';
}

test('a stream without end stops at the application when the browser leaves', async () => {
  answer = (_asked, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
  };
  const sent = send('/');
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(String((await once(response, 'data'))[0])).toBe('data: 1\n\n');
  expect(web.dialer.open.size).toBe(1);
  response.destroy();
  await vi.waitFor(() => expect(web.dialer.open.size).toBe(0));
});

test('an answer faster than its reader waits', async () => {
  let sentBytes = 0;
  answer = (_asked, response) => {
    const more = (): void => {
      while (!response.destroyed && sentBytes < 200_000_000) {
        sentBytes += 65_536;
        if (!response.write(Buffer.alloc(65_536))) return void response.once('drain', more);
      }
    };
    more();
  };
  const sent = send('/');
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.pause();
  let before = -1;
  await vi.waitFor(() => {
    const isStill = before === sentBytes;
    before = sentBytes;
    expect(isStill).toBe(true);
  });
  expect(sentBytes).toBeLessThan(50_000_000);
  response.destroy();
});

test.each([
  ['a reset of the lab', async () => web.sessions.reset(session)],
  ['signing out', async () => void (await web.signedIn({ method: 'POST', url: '/api/logout' }))],
  ['the close of the lab', () => web.sessions.close(session)],
])('%s ends a stream, and the address leads nowhere', async (_name, end) => {
  answer = (_asked, response) => void response.writeHead(200).write('on');
  const sent = send('/');
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  response.resume();
  const closed = new Promise((resolve) => response.once('close', resolve));
  await end();
  await closed;
  expect(await ask('/')).toMatchObject({ status: 404, text: 'This preview is over\n' });
  await vi.waitFor(() => expect(web.dialer.open.size).toBe(0));
});

test('the page that says so is in both languages, the reader’s first, and runs nothing', async () => {
  host = `p-${'z'.repeat(26)}.localhost:4321`;
  const english = await ask('/x', { accept: 'text/html', 'accept-language': 'en-GB,ko' });
  expect(english.text).toMatch(/<h1>This preview is over.*<h2>이 미리 보기는 끝났어요/s);
  expect((await ask('/x', { accept: 'text/html', 'accept-language': 'fr' })).text).toMatch(
    /<html lang="ko">/,
  );
  expect(english.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
});

test.each([
  ['nothing listens', new LabError('PORT_CLOSED', 'no'), 502, 'Nothing listens on node1:80\n'],
  ['the node is silent', new LabError('LAB_NODE_UNREACHABLE', 'no'), 504, 'node1:80 cannot be reached\n'],
])('%s: it says so', async (_name, failure, status, text) => {
  web.dialer.failNext = failure;
  expect(await ask('/')).toMatchObject({ status, text });
});

test.each([
  ['no HTTP at all', 'SSH-2.0-dropbear\r\n'],
  ['headers without end', `HTTP/1.1 200 OK\r\n${`X-Long: ${'x'.repeat(1000)}\r\n`.repeat(200)}`],
  ['a status out of this world', 'HTTP/1.1 42 Hm\r\n\r\n'],
  ['a switch that nobody asked for', 'HTTP/1.1 101 Hop\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ['nothing', ''],
  ['a throat that is cleared for ever', 'HTTP/1.1 102 Wait\r\n\r\n'.repeat(50)],
])('%s is no answer', async (_name, bytes) => {
  await listening(createTcpServer((socket) => socket.on('error', () => {}).end(bytes)));
  expect(await ask('/')).toMatchObject({ status: 502, text: 'The answer from node1:80 could not be read\n' });
  await vi.waitFor(() => expect(web.dialer.open.size).toBe(0));
});

test('an answer that breaks off breaks off for the browser, too', async () => {
  const half = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf';
  await listening(createTcpServer((socket) => socket.on('error', () => {}).end(half)));
  await expect(ask('/')).rejects.toThrow(/aborted/);
  expect((await ask('/').catch(() => ({ status: 0 }))).status).toBe(0);
});

test('service workers, TRACE and whole addresses are refused', async () => {
  expect((await ask('/sw.js', { 'service-worker': 'script' })).status).toBe(403);
  const trace = send('/', {}, 'TRACE');
  trace.end();
  expect((await once(trace, 'response'))[0].statusCode).toBe(403);
  expect((await ask('http://evil.example/')).status).toBe(403);
});

test('a node with too many connections open takes no more', async () => {
  answer = (_asked, response) => void response.writeHead(200).write('on');
  const streams = Array.from({ length: 40 }, () => {
    const sent = send('/');
    sent.on('error', () => {}).end();
    return sent;
  });
  await Promise.all(streams.map((sent) => once(sent, 'response')));
  expect(await ask('/')).toMatchObject({ status: 503, text: 'Too many connections are open\n' });
  for (const sent of streams) sent.destroy();
  await vi.waitFor(() => expect(web.dialer.open.size).toBe(0));
});

test('a paused lab and a switched-off node say so', async () => {
  await web.sessions.switchNode(session, 'node1', 'off');
  expect((await ask('/')).status).toBe(504);
  await web.sessions.switchNode(session, 'node1', 'on');
  await web.sessions.pause(session, { cause: 'idle', afterMs: 1 });
  expect((await ask('/')).status).toBe(503);
});

test('no page of the site is to be had under a preview’s host, and no preview under the site’s', async () => {
  answer = (_asked, response) => response.writeHead(404).end('the app has no such page');
  expect((await ask('/api/me', { cookie: web.cookie })).text).toBe('the app has no such page');
  host = '127.0.0.1:4321';
  expect((await ask('/api/me')).text).toContain('signedIn');
  host = 'evil.localhost:4321';
  expect((await ask('/')).status).toBe(421);
});

test('upgrades: only WebSockets, only to what is there', async () => {
  const handshake = async (headers: Record<string, string>): Promise<number> => {
    const sent = send('/', { connection: 'upgrade', upgrade: 'websocket', ...headers });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode ?? 0;
  };
  expect(await handshake({ upgrade: 'h2c' })).toBe(400);
  web.dialer.failNext = new LabError('PORT_CLOSED', 'no');
  expect(await handshake({})).toBe(502);
  host = `p-${'z'.repeat(26)}.localhost:4321`;
  expect(await handshake({})).toBe(404);
});

test('a preview is told whether something listens, once per address in the trail', async () => {
  const url = `/api/lab-sessions/${session.id}/previews`;
  const at = async (port: number, headers = {}) =>
    (await web.signedIn({ method: 'POST', url, payload: { node: 'node1', port }, headers })).json();
  expect(await at(80)).toEqual({ node: 'node1', port: 80, origin: `http://${host}`, listens: 'yes' });
  expect(await at(81)).toMatchObject({ listens: 'no' });
  web.dialer.failNext = new LabError('LAB_NODE_UNREACHABLE', 'no');
  expect(await at(81)).toMatchObject({ listens: 'silent' });
  expect(await at(0)).toMatchObject({ code: 'REQUEST_INVALID' });
  expect(await at(80, { host: '[::1]:4321', origin: 'http://[::1]:4321' })).toMatchObject({
    code: 'PREVIEW_NO_ADDRESS',
  });
  const rows = web.database
    .prepare("SELECT target, times FROM audit_event WHERE event = 'preview-open'")
    .all();
  expect(rows).toEqual([80, 81].map((port) => ({ target: `${session.id}/node1:${port}`, times: 1 })));
});
