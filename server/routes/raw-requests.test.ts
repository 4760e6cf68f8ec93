import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webFixture } from '../testing/web-fixture.ts';

/** What no HTTP library sends. */
let web: Awaited<ReturnType<typeof webFixture>>;
let port: number;
beforeEach(async () => {
  web = await webFixture();
  await web.app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = web.app.server.address() as AddressInfo);
});
afterEach(() => web.app.close());

/** All that comes back until the server closes, or nothing comes for a while. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
    socket.setTimeout(1_500, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

const statuses = (answer: string): number[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
const OURS = 'Host: 127.0.0.1:4321\r\nOrigin: http://127.0.0.1:4321\r\nX-Rollout-Lab: 1\r\n';
const SECOND = `GET /api/me HTTP/1.1\r\n${OURS}\r\n`;

describe('a request that two servers could read in two ways is refused, and nothing in it is a second one', () => {
  test.each([
    ['a length and chunks', `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SECOND}`],
    ['two lengths', `Content-Length: 4\r\nContent-Length: 44\r\n\r\nabcd${SECOND}`],
    ['chunks by another name', `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SECOND}`],
    ['a space before the colon', `Content-Length : 4\r\n\r\nabcd${SECOND}`],
    ['a length that is none', `Content-Length: +4\r\n\r\nabcd${SECOND}`],
    ['a line that is folded', `X-A: b\r\n Content-Length: 4\r\n\r\nabcd`],
  ])('%s', async (_name, rest) => {
    const seen = statuses(await send(`POST /api/logout HTTP/1.1\r\n${OURS}${rest}`));
    expect(seen.filter((status) => status < 400)).toEqual([]);
  });
});

test.each([
  ['two hosts', `GET /api/me HTTP/1.1\r\nHost: 127.0.0.1:4321\r\nHost: evil.example\r\n\r\n`, 421],
  ['no host', 'GET /api/me HTTP/1.1\r\n\r\n', 400],
  ['an address with a host of its own', `GET http://evil.example/api/me HTTP/1.1\r\n${OURS}\r\n`, 400],
  ['a request for a tunnel', `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${OURS}\r\n`, null],
  ['TRACE', `TRACE / HTTP/1.1\r\n${OURS}\r\n`, 404],
  ['a byte that is none in UTF-8', `GET /api/lab-sessions/%ff HTTP/1.1\r\n${OURS}\r\n`, 400],
  ['a broken escape', `GET /api/lab-sessions/%zz HTTP/1.1\r\n${OURS}\r\n`, 400],
  ['two origins', `POST /api/logout HTTP/1.1\r\n${OURS}Origin: http://evil.example\r\n\r\n`, 403],
  ['headers without end', `GET /api/me HTTP/1.1\r\n${OURS}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['another method for a known route', `PUT /api/me HTTP/1.1\r\n${OURS}Content-Length: 0\r\n\r\n`, 404],
])('%s', async (_name, request, status) => {
  expect(statuses(await send(request))[0] ?? null).toBe(status);
});

test('HEAD opens no event stream', async () => {
  const response = await web.signedIn({ method: 'HEAD', url: '/api/lab-sessions/aaaaaaaaaaaaaaaa/events' });
  expect(response.statusCode).toBe(404);
});

test('who says nothing, or says it slowly, is not waited for', { timeout: 30_000 }, async () => {
  const closedAfterMs = (first: string): Promise<number> =>
    new Promise((resolve) => {
      const startedMs = performance.now();
      const socket = connect(port, '127.0.0.1', () => socket.write(first));
      const drip = setInterval(() => socket.write('x'), 500);
      socket.on('data', () => {});
      socket.on('error', () => {});
      socket.on('close', () => {
        clearInterval(drip);
        resolve(performance.now() - startedMs);
      });
    });
  const silent = closedAfterMs('GET /api/me HTTP/1.1\r\nX-Slow: ');
  expect(await silent).toBeLessThan(20_000);
});
