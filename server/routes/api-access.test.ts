import type { RouteOptions } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ApiScope } from '#contract/class-grades.ts';
import { webFixture } from '../testing/web-fixture.ts';

/** What a key to the API opens: its scope by route. A route that is marked and not listed, or the reverse, fails. */
const OPEN: Readonly<Record<string, { readonly scope: ApiScope; readonly query?: string }>> = {
  'GET /api/openapi.json': { scope: 'read' },
  'GET /api/cohorts': { scope: 'read' },
  'GET /api/cohorts/:cohort': { scope: 'read' },
  'GET /api/cohorts/:cohort/learners': { scope: 'read' },
  'GET /api/cohorts/:cohort/roster.csv': { scope: 'read', query: '?lang=en' },
  'GET /api/cohorts/:cohort/grades': { scope: 'read' },
  'GET /api/cohorts/:cohort/grades/attempts': { scope: 'read' },
  'GET /api/cohorts/:cohort/grades/progress.csv': { scope: 'read', query: '?lang=en' },
  'GET /api/cohorts/:cohort/grades/attempts.csv': { scope: 'read', query: '?lang=en' },
};

const routes = new Map<string, ApiScope | undefined>();
const onRoute = ({ method, url, config }: RouteOptions): void => {
  for (const name of [method].flat()) routes.set(`${name} ${url}`, config?.api);
};

let web: Awaited<ReturnType<typeof webFixture>>;
beforeEach(async () => {
  routes.clear();
  web = await webFixture({ onRoute, mode: 'class' });
});
afterEach(() => web.app.close());

function make(scope: ApiScope, { ofElsewhere = false, ofOneClass = false } = {}): string {
  const { instructor, cohort } = web.joined ?? expect.unreachable();
  const whose = ofElsewhere ? web.anotherInstructor() : instructor;
  const one = ofOneClass ? web.cohorts.create(whose.id, { name: 'Another', seats: 2 }).id : null;
  expect(cohort.id).not.toBe(one);
  return web.apiTokens.make(whose, { name: 'script', scope, cohort: one, days: 1 }).token;
}

/** As a program asks: no cookie, no Origin, no header of the pages. */
function ask(route: string, token: string, query = '') {
  const [method, path = ''] = route.split(' ');
  const url = path.replace(':cohort', web.joined?.cohort.id ?? '').replace(/:\w+/g, 'x'.repeat(16)) + query;
  return web.app.inject({
    method: method as 'GET',
    url,
    headers: { host: web.host, authorization: `Bearer ${token}` },
  });
}

test('the routes that are marked as part of the API are those of the table', () => {
  const marked = [...routes].flatMap(([route, scope]) => (scope === undefined ? [] : [[route, scope]]));
  const table = Object.entries(OPEN).map(([route, { scope }]) => [route, scope]);
  expect(marked.sort()).toEqual(table.sort());
});

test('every other route is closed to a key, whatever it may do', async () => {
  const token = make('care');
  for (const [route, scope] of routes) {
    if (scope !== undefined) continue;
    const answer = await ask(route, token);
    expect([route, answer.statusCode, answer.json().code]).toEqual([route, 403, 'API_TOKEN_NOT_HERE']);
  }
});

test.each(Object.entries(OPEN))(
  '%s is open to its instructor’s key only',
  async (route, { scope, query }) => {
    expect((await ask(route, make(scope), query)).statusCode).toBe(200);
    expect((await ask(route, 'rlab_wrong', query)).json()).toMatchObject({ code: 'API_TOKEN_INVALID' });
    if (!route.includes(':cohort')) return;
    for (const other of [{ ofElsewhere: true }, { ofOneClass: true }])
      expect((await ask(route, make(scope, other), query)).json()).toMatchObject({ code: 'COHORT_UNKNOWN' });
  },
);

test('a key for one class lists that class only', async () => {
  const answer = await ask('GET /api/cohorts', make('read', { ofOneClass: true }));
  expect(answer.json().cohorts.map(({ name }: { name: string }) => name)).toEqual(['Another']);
});

test('a key beside a cookie is asked for, and a foreign page’s Origin is refused with either', async () => {
  const headers = { cookie: web.cookie, authorization: 'Bearer rlab_wrong' };
  expect((await web.anybody({ url: '/api/progress', headers })).statusCode).toBe(401);
  const foreign = { host: web.host, origin: 'https://evil.example', authorization: `Bearer ${make('read')}` };
  const answer = await web.app.inject({ url: '/api/cohorts', headers: foreign });
  expect(answer.json()).toMatchObject({ code: 'FORBIDDEN_ORIGIN' });
});

test('a key ends when it is revoked, when its time is over, and with the passphrase', async () => {
  const { instructor } = web.joined ?? expect.unreachable();
  const status = async (token: string) => (await ask('GET /api/cohorts', token)).statusCode;
  const [revoked, reset] = [make('read'), make('read')];
  expect(web.apiTokens.listOf(instructor).map(({ lastUsedAtMs }) => lastUsedAtMs)).toEqual([null, null]);
  expect(await status(revoked)).toBe(200);
  const used = web.apiTokens.listOf(instructor).find(({ lastUsedAtMs }) => lastUsedAtMs !== null);
  expect(used?.lastUsedAtMs).toBe(web.time.nowMs);
  web.apiTokens.revoke(web.anotherInstructor(), used!.id);
  expect(await status(revoked)).toBe(200);
  web.apiTokens.revoke(instructor, used!.id);
  expect(await status(revoked)).toBe(401);
  expect(await status(reset)).toBe(200);
  web.instructorStore.setPassphrase(instructor.id, 'another');
  expect(await status(reset)).toBe(401);
  const old = make('read');
  web.time.nowMs += 24 * 3_600_000;
  expect(await status(old)).toBe(401);
});

test('nothing that is stored opens anything, and the record names the key', async () => {
  const token = make('read');
  await ask('GET /api/cohorts/:cohort/grades', token);
  web.audit.flush();
  const rows = (table: string) => JSON.stringify(web.database.prepare(`SELECT * FROM ${table}`).all());
  expect(rows('api_token')).not.toContain(token);
  expect(rows('audit_event')).not.toContain(token);
  const event = web.database.prepare(`SELECT detail FROM audit_event WHERE event = 'grades-export'`).get();
  expect(event).toMatchObject({ detail: 'key script' });
});
