import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { CSRF_HEADER } from '#contract/api.ts';
import { LabProblem } from './lab-problem.ts';
import { request, requestNothing } from './request.ts';

const Answer = z.strictObject({ n: z.number() });

function serverSays(body: unknown, status = 200): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(
    async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

async function problemOf(work: Promise<unknown>): Promise<LabProblem> {
  const fault = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(fault).toBeInstanceOf(LabProblem);
  return fault as LabProblem;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a readable answer is the result', async () => {
  serverSays({ n: 1 });
  await expect(request(Answer, { path: '/api/x' })).resolves.toEqual({ n: 1 });
});

test('unsafe methods carry the header that foreign pages can’t send, safe ones don’t', async () => {
  const fetched = serverSays({ n: 1 });
  await request(Answer, { path: '/api/x' });
  await requestNothing({ method: 'DELETE', path: '/api/x' });
  const headers = fetched.mock.calls.map(([, init]) => init.headers[CSRF_HEADER]);
  expect(headers).toEqual([undefined, '1']);
});

test.each([{ n: '1' }, { n: 1, more: true }, 'no json'])(
  '%j is no answer that this page can read',
  async (body) => {
    serverSays(body);
    expect((await problemOf(request(Answer, { path: '/api/x' }))).code).toBe('ANSWER_UNREADABLE');
  },
);

test('a problem document becomes a text with its values, in both languages', async () => {
  serverSays(
    {
      type: 'x',
      title: 'x',
      status: 409,
      code: 'TERMINAL_LIMIT_REACHED',
      requestId: 'r1',
      params: { limit: 4 },
    },
    409,
  );
  const problem = await problemOf(request(Answer, { path: '/api/x' }));
  expect(problem.text('en')).toContain('4 terminals per node');
  expect(problem.text('ko')).toContain('4개까지');
  expect(problem.isRetryable).toBe(false);
});

test('a code of a newer server is told as an internal error with the request to look for', async () => {
  serverSays({ type: 'x', title: 'x', status: 418, code: 'TEAPOT', requestId: 'req-9' }, 418);
  const problem = await problemOf(request(Answer, { path: '/api/x' }));
  expect(problem.code).toBe('INTERNAL');
  expect(problem.text('en')).toContain('req-9');
});

test.each([
  [502, 'SERVER_UNREACHABLE'],
  [429, 'TOO_MANY_REQUESTS'],
  [404, 'ANSWER_UNREADABLE'],
])('status %d without a document is %s', async (status, code) => {
  serverSays('<html>', status);
  expect((await problemOf(request(Answer, { path: '/api/x' }))).code).toBe(code);
});

test('no connection and no answer in time are different, and both may be tried again', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed to fetch')));
  const unreachable = await problemOf(request(Answer, { path: '/api/x' }));
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
    return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  });
  const late = await problemOf(request(Answer, { path: '/api/x', timeoutMs: 5 }));
  expect([unreachable.code, late.code]).toEqual(['SERVER_UNREACHABLE', 'ANSWER_TOO_LATE']);
  expect(unreachable.isRetryable && late.isRetryable).toBe(true);
});
