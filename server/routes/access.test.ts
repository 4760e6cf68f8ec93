import type { RouteOptions } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LabSessionId, LearnerId } from '#contract/ids.ts';
import { randomToken } from '../random-id.ts';
import { SqliteRolloutStore } from '../store/rollout-store.ts';
import { webFixture } from '../testing/web-fixture.ts';

/**
 * Who may ask what. Every route of the server must stand here, with what nobody, the owner and another learner get;
 * a route that is missing, or one that is gone, fails the test. `:id` is the owner's lab session, `:terminal` its
 * terminal.
 */
interface Access {
  readonly route: string;
  readonly body?: object;
  readonly nobody: number;
  readonly owner: number;
  readonly other: number;
}

const OWN = '/api/lab-sessions/:id';
const TABLE: readonly Access[] = [
  { route: 'GET /healthz', nobody: 200, owner: 200, other: 200 },
  { route: 'GET /api/me', nobody: 200, owner: 200, other: 200 },
  { route: 'POST /api/login', body: { launchToken: 'x'.repeat(43) }, nobody: 401, owner: 401, other: 401 },
  { route: 'POST /api/logout', nobody: 204, owner: 204, other: 204 },
  // The catalogue is what the pages show anyway.
  { route: 'GET /api/catalog/lessons/:lesson', nobody: 404, owner: 404, other: 404 },
  { route: 'GET /api/progress', nobody: 401, owner: 200, other: 200 },
  { route: 'GET /api/exercises/:exercise/hints', nobody: 401, owner: 200, other: 200 },
  { route: 'POST /api/exercises/:exercise/hints', nobody: 401, owner: 200, other: 200 },
  { route: 'POST /api/exercises/:exercise/solution', nobody: 401, owner: 200, other: 200 },
  { route: 'GET /api/lab-sessions', nobody: 401, owner: 200, other: 200 },
  { route: 'POST /api/lab-sessions', body: { lab: 'quorum' }, nobody: 401, owner: 202, other: 202 },
  { route: `GET ${OWN}`, nobody: 401, owner: 200, other: 404 },
  { route: `POST ${OWN}/reset`, nobody: 401, owner: 202, other: 404 },
  { route: `POST ${OWN}/prepare`, body: { exercise: '14.5-quorum' }, nobody: 401, owner: 202, other: 404 },
  { route: `GET ${OWN}/exercises/:exercise/start`, nobody: 401, owner: 200, other: 404 },
  { route: `POST ${OWN}/nodes/:node/power`, body: { to: 'off' }, nobody: 401, owner: 200, other: 404 },
  { route: `POST ${OWN}/resume`, nobody: 401, owner: 200, other: 404 },
  { route: `DELETE ${OWN}`, nobody: 401, owner: 204, other: 404 },
  { route: `POST ${OWN}/exercise`, body: { exercise: '14.5-quorum' }, nobody: 401, owner: 200, other: 404 },
  { route: `POST ${OWN}/check`, nobody: 401, owner: 200, other: 404 },
  { route: `POST ${OWN}/answers`, body: { check: 'mode', answer: 'x' }, nobody: 401, owner: 200, other: 404 },
  { route: `GET ${OWN}/events`, nobody: 401, owner: 200, other: 404 },
  { route: `GET ${OWN}/history`, nobody: 401, owner: 200, other: 404 },
  { route: 'GET /api/rollouts', nobody: 401, owner: 200, other: 200 },
  { route: 'GET /api/rollouts/:rollout', nobody: 401, owner: 200, other: 404 },
  { route: `POST ${OWN}/previews`, body: { node: 'node2', port: 80 }, nobody: 401, owner: 200, other: 404 },
  {
    route: `POST ${OWN}/terminals`,
    body: { node: 'node1', cols: 80, rows: 24 },
    nobody: 401,
    owner: 201,
    other: 404,
  },
  { route: `DELETE ${OWN}/terminals/:terminal`, nobody: 401, owner: 204, other: 404 },
  { route: `POST ${OWN}/terminals/:terminal/ticket`, nobody: 401, owner: 200, other: 404 },
];

/** A rollout of the owner's. @returns its id */
function keptRollout(learnerId: LearnerId, labSession: LabSessionId): number {
  const store = new SqliteRolloutStore(web.database);
  store.keep(
    learnerId,
    {
      lab: 'quorum',
      exercise: '14.5-quorum',
      labSession,
      generation: 1,
      service: { id: 's', name: 'shop_api' },
      seq: 1,
      startedAtMs: 1,
      endedAtMs: 2,
      outcome: 'completed',
      fromImage: 'api:v1',
      toImage: 'api:v2',
      updateConfig: null,
      rollbackConfig: null,
    },
    [],
  );
  return store.listOf(learnerId)[0]?.id ?? 0;
}

const routes = new Set<string>();
const onRoute = ({ method, url }: RouteOptions): void => {
  for (const name of [method].flat()) routes.add(`${name} ${url}`);
};

let web: Awaited<ReturnType<typeof webFixture>>;
let address: (path: string) => string;
beforeEach(async () => {
  routes.clear();
  web = await webFixture({ onRoute });
  web.database.prepare('INSERT INTO learner VALUES (?, ?, ?)').run(web.stranger, 'somebody', 0);
  const session = await web.sessions.start(web.learner.id, 'quorum');
  await session.settled();
  const terminal = await web.terminals.open(session.id, session.running.environment.nodes[0]!);
  const rollout = keptRollout(web.learner.id, session.id);
  address = (path) =>
    path
      .replace(':id', session.id)
      .replace(':terminal', terminal.id)
      .replace(':exercise', path.includes('lab-sessions') ? '14.5-quorum' : '14.1-deploy')
      .replace(':lesson', '14.1')
      .replace(':rollout', String(rollout))
      .replace(':node', 'node2');
});
afterEach(() => web.app.close());

test('every route has its line, and every line its route', () => {
  expect([...routes].sort()).toEqual(TABLE.map(({ route }) => route).sort());
});

function strangersCookie(): string {
  const token = randomToken();
  web.logins.addLoginSession(token, web.stranger, web.time.nowMs);
  return web.cookie.replace(/=.*/, `=${token}`);
}

async function ask({ route, body }: Access, cookie: string | null): Promise<number> {
  const [method, path = ''] = route.split(' ');
  const { statusCode } = await web.anybody({
    method: method as 'GET',
    url: address(path),
    headers: cookie === null ? {} : { cookie },
    ...(body ? { payload: body } : {}),
    // An event stream has no end: its head is what counts.
    payloadAsStream: true,
  });
  return statusCode;
}

test.each(TABLE)(
  '$route: $nobody to nobody, $owner to its owner, $other to another learner',
  async (access) => {
    expect(await ask(access, null), 'nobody').toBe(access.nobody);
    expect(await ask(access, strangersCookie()), 'other').toBe(access.other);
    expect(await ask(access, web.cookie), 'owner').toBe(access.owner);
  },
);
