import fc from 'fast-check';
import type { HTTPMethods, RouteOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '#contract/api.ts';
import { ERROR_CODES } from '#contract/error-codes.ts';
import { FUZZ_SEED, fuzz, json, text } from '../testing/fuzz.ts';
import { webFixture } from '../testing/web-fixture.ts';

console.info(`fuzz seed ${FUZZ_SEED}`);

const routes: { method: HTTPMethods; url: string }[] = [];
const onRoute = ({ method, url }: RouteOptions): void => {
  // An event stream has no end, health asks the engine, and after these there would be nobody left to ask as.
  if (/\/(events|live)$/.test(url) || /^\/(healthz|api\/logout|api\/me\/delete)$/.test(url)) return;
  if (url.endsWith('/remove') || (url === '/api/cohorts/:cohort' && method === 'DELETE')) return;
  for (const one of [method].flat()) routes.push({ method: one as HTTPMethods, url });
};

let web: Awaited<ReturnType<typeof webFixture>>;
let sessionId: string;
let ids: Readonly<Record<string, string>>;
let cookies: readonly (string | null)[];
beforeAll(async () => {
  web = await webFixture({ onRoute, mode: 'class' });
  const session = await web.sessions.start(web.learner.id, 'quorum');
  await session.settled();
  sessionId = session.id;
  const { cohort, instructor } = web.joined ?? expect.unreachable();
  ids = {
    id: sessionId,
    terminal: 'taaaaaaaaaaa',
    exercise: '14.5-quorum',
    node: 'node2',
    cohort: cohort.id,
    learner: web.learner.id,
    instructor: instructor.id,
  };
  const token = 'an instructor’s'.replace(/\W/g, '');
  web.logins.addInstructorSession(token, instructor.id, web.time.nowMs);
  cookies = [null, web.cookie, web.cookie.replace(/=.*/, `=${token}`)];
});
afterAll(() => web.app.close());

/** Ids that fit now and then, so that bodies are reached. */
const segment = fc.oneof({ weight: 3, arbitrary: fc.constant(':id') }, { weight: 1, arbitrary: text });
const body = fc.oneof(
  json,
  fc.record(
    {
      lab: text,
      launchToken: text,
      exercise: fc.oneof(fc.constantFrom('14.5-quorum', '14.1-deploy'), text),
      on: fc.oneof(fc.boolean(), text),
      node: fc.oneof(fc.constantFrom('node1', 'node9'), text),
      cols: json,
      rows: json,
      check: text,
      answer: text,
      code: text,
      name: text,
      names: fc.array(text, { maxLength: 3 }),
      passphrase: text,
      seats: json,
      closesAtMs: json,
      policies: json,
      token: fc.oneof(fc.constant('x'.repeat(43)), text),
      account: json,
    },
    { requiredKeys: [] },
  ),
);
const raw = fc.oneof(
  body.map((value) => JSON.stringify(value) ?? ''),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.constantFrom(
    '{"__proto__":{"a":1}}',
    '{"a":1,"a":2}',
    `${'['.repeat(20_000)}`,
    '\ufeff{}',
    '1e999',
    '"\\ud800"',
  ),
);

test('whatever is asked, the answer is one of ours and never a failure of the server', async () => {
  const types = fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(segment, { minLength: 4, maxLength: 4 }),
      raw,
      types,
      fc.nat({ max: 2 }),
      async (which, segments, payload, type, caller) => {
        const route = routes[which % routes.length]!;
        let at = 0;
        const url = route.url.replace(/:(\w+)/g, (_all, name: string) => {
          const chosen = segments[at++ % segments.length] ?? '';
          if (chosen !== ':id') return encodeURIComponent(chosen.toWellFormed()).slice(0, 200);
          return ids[name] ?? '14.1';
        });
        const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
        const cookie = cookies[caller] ?? null;
        const response = await web.anybody({
          method: route.method as 'GET',
          url,
          headers: {
            ...(hasBody && type !== '' ? { 'content-type': type } : {}),
            ...(cookie === null ? {} : { cookie }),
          },
          ...(hasBody ? { payload } : {}),
        });
        const shown = `${route.method} ${url} ${payload.slice(0, 100)} → ${response.statusCode} ${response.body}`;
        expect(response.statusCode, shown).toBeLessThan(500);
        if (response.statusCode < 400) return;
        expect(response.headers['content-type'], shown).toContain('application/problem+json');
        const problem = Problem.parse(response.json());
        expect(Object.keys(ERROR_CODES), shown).toContain(problem.code);
      },
    ),
    fuzz(400),
  );
});

test('any headers are survived', async () => {
  const name = fc.constantFrom(
    'host',
    'origin',
    'cookie',
    'x-rollout-lab',
    'sec-fetch-site',
    'x-forwarded-for',
    'accept-language',
    'if-none-match',
    'range',
    'content-length',
    'transfer-encoding',
    'expect',
  );
  const value = fc
    .string({ unit: 'binary-ascii', maxLength: 80 })
    .map((one) => one.replace(/[^\t\x20-\x7e]/g, '?'));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 6 }), async (headers) => {
      const response = await web.app.inject({
        method: 'GET',
        url: '/api/me',
        headers: { host: web.host, ...Object.fromEntries(headers) },
      });
      expect(response.statusCode).toBeLessThan(500);
    }),
    fuzz(200),
  );
});
