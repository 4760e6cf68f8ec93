import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { HttpWebhookSender } from './http-sender.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function receiver(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers.host} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

const sender = (namedHosts: string[] = [], addresses?: string[]) =>
  new HttpWebhookSender({
    namedHosts,
    version: '1',
    ...(addresses && {
      resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    }),
  });
const soon = () => AbortSignal.timeout(2_000);
const deliver = (from: HttpWebhookSender, url: string, signal = soon()) =>
  from.send({ url, body: '{}', headers: {} }, signal);

test.each([
  'http://example.com/',
  'https://127.0.0.1/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://user:word@8.8.8.8/',
  'ftp://8.8.8.8/',
  'file:///etc/passwd',
  'not an address',
])('%s is refused, whatever answers there', async (url) => {
  expect(await sender().mayReach(url, soon())).toBe(false);
});

test('one private address among those of a name is enough to refuse it', async () => {
  expect(await sender([], ['8.8.8.8']).mayReach('https://a.example/', soon())).toBe(true);
  expect(await sender([], ['8.8.8.8', '10.0.0.1']).mayReach('https://a.example/', soon())).toBe(false);
  expect(await sender([], []).mayReach('https://a.example/', soon())).toBe(false);
});

test('a name that leads inside by now is refused at every delivery', async () => {
  const { port, seen } = await receiver((_request, response) => response.end());
  const inside = sender([], ['127.0.0.1']);
  expect(await deliver(inside, `https://a.example:${port}/`)).toEqual({
    outcome: 'refused-address',
    status: null,
  });
  expect(seen).toEqual([]);
});

test('a host that the operator named is asked at the address that was looked at', async () => {
  const { port, seen } = await receiver((_request, response) => response.writeHead(204).end());
  const named = sender(['LMS.internal'], ['127.0.0.1']);
  expect(await deliver(named, `http://lms.internal:${port}/in?a=1`)).toEqual({
    outcome: 'answered',
    status: 204,
  });
  expect(seen).toEqual([`POST lms.internal:${port} /in?a=1`]);
});

test('redirects are not followed', async () => {
  const { port, seen } = await receiver((_request, response) =>
    response.writeHead(302, { location: `/elsewhere` }).end(),
  );
  expect(await deliver(sender(['127.0.0.1']), `http://127.0.0.1:${port}/`)).toMatchObject({ status: 302 });
  expect(seen).toHaveLength(1);
});

test('a receiver that never answers, and one that is not there, are told apart', async () => {
  const { port } = await receiver(() => {});
  const named = sender(['127.0.0.1']);
  const silent = await deliver(named, `http://127.0.0.1:${port}/`, AbortSignal.timeout(200));
  expect(silent).toEqual({ outcome: 'timeout', status: null });
  expect(await deliver(named, 'http://127.0.0.1:1/')).toEqual({ outcome: 'unreachable', status: null });
});

test('an endless answer is cut off after its status', async () => {
  const { port } = await receiver((_request, response) => {
    const more = setInterval(() => response.write('x'.repeat(10_000)), 5);
    response.on('close', () => clearInterval(more));
    response.writeHead(200).flushHeaders();
  });
  expect(await deliver(sender(['127.0.0.1']), `http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 });
});
