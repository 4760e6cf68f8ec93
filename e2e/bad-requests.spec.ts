import { request } from 'node:http';
import type { APIResponse } from '@playwright/test';
import { LabPage } from './page/lab-page.ts';
import { closeCodeAfter, ticketFor, upgradeStatus } from './product/raw-terminal.ts';
import { linkForSecondLearner } from './product/second-learner.ts';
import { expect, signIn, test } from './product/test.ts';

async function refusal(response: APIResponse): Promise<[status: number, code: string]> {
  const problem = (await response.json()) as { code: string };
  return [response.status(), problem.code];
}

test('unknown lessons, exercises, labs, sessions and terminals are answered in words', async ({ lab }) => {
  const get = (path: string) => lab.page.request.get(lab.url(path));
  expect(await refusal(await get('/api/catalog/lessons/99.9'))).toEqual([404, 'LESSON_UNKNOWN']);
  expect(await refusal(await get('/api/catalog/lessons/..%2f..%2fetc'))).toEqual([400, 'REQUEST_INVALID']);
  expect(await refusal(await get('/api/exercises/14.1-nothing/hints'))).toEqual([404, 'EXERCISE_UNKNOWN']);
  expect(await refusal(await lab.post('/api/lab-sessions', { lab: 'nothing' }))).toEqual([
    404,
    'LAB_UNKNOWN',
  ]);
  expect(await refusal(await get('/api/lab-sessions/aaaaaaaaaaaaaaaa'))).toEqual([
    404,
    'LAB_SESSION_UNKNOWN',
  ]);
  expect(await refusal(await get('/api/nothing'))).toEqual([404, 'NOT_FOUND']);
  const { id } = (await lab.session()) ?? { id: '' };
  const ticket = await lab.post(`/api/lab-sessions/${id}/terminals/taaaaaaaaaaa/ticket`);
  expect(await refusal(ticket)).toEqual([404, 'TERMINAL_UNKNOWN']);
  const exercise = await lab.post(`/api/lab-sessions/${id}/exercise`, { exercise: '14.9-nothing' });
  expect(await refusal(exercise)).toEqual([404, 'EXERCISE_UNKNOWN']);
  const answer = await lab.post(`/api/lab-sessions/${id}/answers`, { check: 'no-check', answer: '1' });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(answer.status()).toBeLessThan(500);
});

test('bodies that are no JSON, of the wrong form or too large are refused', async ({ lab }) => {
  const post = (data: string | object) =>
    lab.page.request.post(lab.url('/api/lab-sessions'), {
      headers: { 'x-rollout-lab': '1', 'content-type': 'application/json' },
      data,
    });
  expect(await refusal(await post('{"lab":'))).toEqual([400, 'REQUEST_INVALID']);
  expect(await refusal(await post({ lab: 7 }))).toEqual([400, 'REQUEST_INVALID']);
  expect(await refusal(await post({ lab: 'numbers', more: true }))).toEqual([400, 'REQUEST_INVALID']);
  expect(await refusal(await post({ lab: 'x'.repeat(100_000) }))).toEqual([413, 'REQUEST_TOO_LARGE']);
});

test('an address that leads nowhere shows a page that leads back, in both languages', async ({
  learner,
  product,
}) => {
  for (const language of ['ko', 'en'] as const) {
    const response = await learner.goto(`${product.origin}/${language}/chapter-14/99-9/`);
    expect(response?.status()).toBe(404);
    await expect(
      learner.getByRole('link', { name: language === 'ko' ? /처음/ : /start/i }).first(),
    ).toBeVisible();
  }
});

test('a foreign page, name or method gets nothing', async ({ lab, product }) => {
  const send = (headers: Record<string, string>, method = 'GET', path = '/api/me'): Promise<number> =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: product.port, path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  const host = `127.0.0.1:${product.port}`;
  expect(await send({ host })).toBe(200);
  expect(await send({ host: `localhost:${product.port}` })).toBe(200);
  expect(await send({ host: 'evil.example' })).toBe(421);
  expect(await send({ host: `evil.example:${product.port}` })).toBe(421);
  expect(await send({ host: '127.0.0.1:1' })).toBe(421);
  expect(await send({ host, origin: 'http://evil.example' })).toBe(403);
  expect(await send({ host, origin: 'null' })).toBe(403);
  expect(await send({ host, origin: product.origin }, 'POST', '/api/lab-sessions')).toBe(403);
  expect(
    await send({ host, 'x-rollout-lab': '1', 'sec-fetch-site': 'cross-site' }, 'POST', '/api/login'),
  ).toBe(403);
  // Without the header that no foreign form can send, not even a signed-in browser may change anything.
  const plainPost = await lab.page.request.post(lab.url('/api/lab-sessions'), { data: { lab: 'numbers' } });
  expect(await refusal(plainPost)).toEqual([403, 'FORBIDDEN_ORIGIN']);
});

test('a terminal opens only with its own unused ticket, from our own page', async ({ lab, product }) => {
  const { terminal, ticket, cookie } = await ticketFor(lab);
  const status = (differing: object) => upgradeStatus(product, { terminal, ticket, cookie, ...differing });
  expect(await upgradeStatus(product, { terminal, cookie })).toBe(401);
  expect(await status({ ticket: 'A'.repeat(43) })).toBe(401);
  expect(await status({ terminal: 'nonsense' })).toBe(404);
  expect(await status({ headers: {} })).toBe(403);
  expect(await status({ headers: { origin: 'http://evil.example' } })).toBe(403);
  expect(await status({ headers: { origin: product.origin, host: 'evil.example' } })).toBe(421);
  expect(await status({})).toBe(101);
  expect(await status({})).toBe(401);
  const other = await ticketFor(lab);
  expect(await status({ terminal: 'taaaaaaaaaaa', ticket: other.ticket })).toBe(401);
  const stolen = await ticketFor(lab);
  expect(await upgradeStatus(product, { terminal, ticket: stolen.ticket })).toBe(401);
});

test('frames that no page sends end the connection, and the terminal goes on', async ({ lab, product }) => {
  const malformed = [
    Buffer.from([0x99, 1, 2, 3]),
    Buffer.from([0x12, 0, 1]),
    Buffer.from([0x13]),
    Buffer.concat([Buffer.from([0x14]), Buffer.from('{"type":"nothing"}')]),
    Buffer.concat([Buffer.from([0x14]), Buffer.from('{not json')]),
    Buffer.alloc(0),
    Buffer.concat([Buffer.from([0x11]), Buffer.alloc(20 * 1024, 0x41)]),
    'a text frame',
  ];
  for (const frame of malformed) {
    expect(await closeCodeAfter(product, await ticketFor(lab), [frame]), String(frame).slice(0, 20)).toBe(
      4401,
    );
  }
  const oversized = Buffer.alloc(100 * 1024, 0x11);
  expect(await closeCodeAfter(product, await ticketFor(lab), [oversized])).toBe(1009);
  const flood = Array.from({ length: 3000 }, () => Buffer.from([0x12, 0, 80, 0, 24]));
  expect([4405, 4401]).toContain(await closeCodeAfter(product, await ticketFor(lab), flood));
  expect(await lab.terminal.run('echo still-$((40+2))')).toBe('still-42');
});

test('the lab and terminals of somebody else do not exist', async ({ lab, browser, product }) => {
  await using context = await browser.newContext();
  const stranger = new LabPage(await context.newPage(), product.origin, 'ko');
  await signIn(stranger.page, product, linkForSecondLearner(product));
  const mine = await lab.session();
  const paths = [`/api/lab-sessions/${mine?.id}`, `/api/lab-sessions/${mine?.id}/events`];
  for (const path of paths) {
    const response = await stranger.page.request.get(stranger.url(path));
    expect(await refusal(response)).toEqual([404, 'LAB_SESSION_UNKNOWN']);
  }
  const terminal = mine?.terminals[0]?.id;
  for (const path of ['reset', `terminals/${terminal}/ticket`]) {
    const response = await stranger.post(`/api/lab-sessions/${mine?.id}/${path}`);
    expect(await refusal(response)).toEqual([404, 'LAB_SESSION_UNKNOWN']);
  }
  expect(await stranger.session()).toBeUndefined();
});
