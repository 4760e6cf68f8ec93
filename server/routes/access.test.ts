import type { AddressInfo } from 'node:net';
import type { RouteOptions } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { LabSessionId, LearnerId } from '#contract/ids.ts';
import { TERMINAL_PROTOCOL } from '#contract/terminal-protocol.ts';
import { randomToken } from '../random-id.ts';
import { SqliteRolloutStore } from '../store/rollout-store.ts';
import { enrol, webFixture } from '../testing/web-fixture.ts';

/**
 * Who may ask what, in a class. Every route and every socket of the server must stand here; one that is missing, or one
 * that is gone, fails the test. What each gets, in this order:
 *   nobody · the owner, a learner · another learner of the same class · an instructor of another class ·
 *   the instructor of this class
 * `:watch` is the watching of the owner's lab by the instructor, `:id` the owner's lab session, `:terminal` its terminal, `:cohort` the class and `:learner` the owner.
 */
type Answers = readonly [nobody: number, owner: number, other: number, elsewhere: number, instructor: number];
interface Access {
  readonly route: string;
  readonly query?: string;
  readonly body?: object | ((parts: { readonly stranger: string; readonly session: string }) => object);
  readonly answers: Answers;
}

const ALL = (status: number): Answers => [status, status, status, status, status];
/** Instructors follow lessons, too, with labs and progress of their own: nobody else's. */
const ANYBODY_IN = (status: number): Answers => [401, status, status, status, status];
const ONLY_OWNER = (status: number): Answers => [401, status, 404, 404, 404];
/** Of a class, which instructors are not in as learners. */
const ANY_LEARNER = (status: number): Answers => [401, status, status, 403, 403];
const ONLY_THIS_LEARNER = (status: number): Answers => [401, status, 404, 403, 403];
const ANY_INSTRUCTOR = (status: number): Answers => [401, 403, 403, status, status];
const ONLY_ITS_INSTRUCTOR = (status: number): Answers => [401, 403, 403, 404, status];

const OWN = '/api/lab-sessions/:id';
const COHORT = '/api/cohorts/:cohort';
const LEARNER = `${COHORT}/learners/:learner`;
const NO_TOKEN = 'x'.repeat(43);

const TABLE: readonly Access[] = [
  { route: 'GET /healthz', answers: ALL(200) },
  { route: 'GET /api/me', answers: ALL(200) },
  { route: 'GET /api/openapi.json', answers: ALL(200) },
  { route: 'POST /api/login', body: { launchToken: NO_TOKEN }, answers: ALL(401) },
  { route: 'POST /api/logout', answers: ALL(204) },
  // The catalogue is what the pages show anyway.
  { route: 'GET /api/catalog/lessons/:lesson', answers: ALL(404) },

  { route: 'GET /api/progress', answers: ANYBODY_IN(200) },
  { route: 'GET /api/exercises/:exercise/hints', answers: ANYBODY_IN(200) },
  { route: 'POST /api/exercises/:exercise/hints', answers: ANYBODY_IN(200) },
  { route: 'POST /api/exercises/:exercise/solution', answers: ANYBODY_IN(200) },
  { route: 'GET /api/lab-sessions', answers: ANYBODY_IN(200) },
  { route: 'POST /api/lab-sessions', body: { lab: 'quorum' }, answers: ANYBODY_IN(202) },
  { route: `GET ${OWN}`, answers: ONLY_OWNER(200) },
  { route: `POST ${OWN}/reset`, answers: ONLY_OWNER(202) },
  { route: `POST ${OWN}/prepare`, body: { exercise: '14.5-quorum' }, answers: ONLY_OWNER(202) },
  { route: `GET ${OWN}/exercises/:exercise/start`, answers: ONLY_OWNER(200) },
  { route: `POST ${OWN}/nodes/:node/power`, body: { to: 'off' }, answers: ONLY_OWNER(200) },
  { route: `POST ${OWN}/resume`, answers: ONLY_OWNER(200) },
  { route: `DELETE ${OWN}`, answers: ONLY_OWNER(204) },
  { route: `POST ${OWN}/exercise`, body: { exercise: '14.5-quorum' }, answers: ONLY_OWNER(200) },
  { route: `POST ${OWN}/check`, answers: ONLY_OWNER(200) },
  { route: `POST ${OWN}/answers`, body: { check: 'mode', answer: 'x' }, answers: ONLY_OWNER(200) },
  { route: `GET ${OWN}/events`, answers: ONLY_OWNER(200) },
  { route: `GET ${OWN}/history`, answers: ONLY_OWNER(200) },
  { route: 'GET /api/rollouts', answers: ANYBODY_IN(200) },
  { route: 'GET /api/rollouts/:rollout', answers: ONLY_OWNER(200) },
  { route: `POST ${OWN}/previews`, body: { node: 'node2', port: 80 }, answers: ONLY_OWNER(200) },
  {
    route: `POST ${OWN}/terminals`,
    body: { node: 'node1', cols: 80, rows: 24 },
    answers: ONLY_OWNER(201),
  },
  { route: `DELETE ${OWN}/terminals/:terminal`, answers: ONLY_OWNER(204) },
  { route: `POST ${OWN}/terminals/:terminal/ticket`, answers: ONLY_OWNER(200) },
  // With a good ticket of the owner in hand.
  { route: 'WS /ws/terminals/:terminal', answers: [401, 101, 401, 401, 401] },

  // Wrong codes, names and links: whoever asks gets the same answer.
  { route: 'POST /api/join/look', body: { code: 'WRONG' }, answers: ALL(404) },
  { route: 'POST /api/join', body: { code: 'WRONG', name: 'A' }, answers: ALL(404) },
  { route: 'POST /api/join/return', body: { code: 'WRONG' }, answers: ALL(404) },
  { route: 'POST /api/me/return-code', answers: ANY_LEARNER(200) },
  { route: 'GET /api/me/data', answers: ANYBODY_IN(200) },
  { route: 'POST /api/me/delete', answers: ANYBODY_IN(204) },
  { route: 'GET /api/me/class/events', answers: ANY_LEARNER(200) },
  {
    route: 'POST /api/me/hand',
    body: { exercise: '14.1-deploy', words: 'help' },
    answers: ANY_LEARNER(204),
  },
  { route: 'DELETE /api/me/hand', answers: ANY_LEARNER(204) },
  // A message to the owner alone.
  { route: 'POST /api/me/messages/:message/read', answers: ONLY_THIS_LEARNER(204) },
  { route: 'POST /api/class/sign-in', body: { name: 'A', passphrase: 'B' }, answers: ALL(401) },
  {
    route: 'POST /api/class/passphrase',
    body: { old: 'wrong', passphrase: 'wind and paper boats' },
    answers: ANY_INSTRUCTOR(403),
  },
  { route: 'POST /api/class/links/look', body: { token: NO_TOKEN }, answers: ALL(401) },
  {
    route: 'POST /api/class/links/use',
    body: { token: NO_TOKEN, account: null },
    answers: [401, 403, 403, 401, 401],
  },

  { route: 'GET /api/cohorts', answers: ANY_INSTRUCTOR(200) },
  { route: 'POST /api/cohorts', body: { name: 'A', seats: 1 }, answers: ANY_INSTRUCTOR(201) },
  { route: `GET ${COHORT}`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `POST ${COHORT}`, body: { seats: 10 }, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `DELETE ${COHORT}`, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: `POST ${COHORT}/join-code`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/instructors`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `POST ${COHORT}/invitations`, answers: ONLY_ITS_INSTRUCTOR(201) },
  { route: `DELETE ${COHORT}/invitations/:invitation`, answers: ONLY_ITS_INSTRUCTOR(204) },
  // The last one stays.
  { route: `DELETE ${COHORT}/instructors/:instructor`, answers: ONLY_ITS_INSTRUCTOR(409) },
  { route: `GET ${COHORT}/audit`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/help/events`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/exercises`, answers: ONLY_ITS_INSTRUCTOR(200) },
  {
    route: `POST ${COHORT}/hands/:learner/take`,
    body: { instead: false },
    answers: ONLY_ITS_INSTRUCTOR(204),
  },
  { route: `POST ${COHORT}/hands/:learner/release`, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: `POST ${COHORT}/hands/:learner/done`, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: `POST ${COHORT}/messages`, body: { to: null, text: 'hello' }, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: `DELETE ${COHORT}/messages/:message`, answers: ONLY_ITS_INSTRUCTOR(204) },
  {
    route: `POST ${COHORT}/unlocked`,
    body: { exercise: '14.1-deploy', hints: 1, solution: true, learner: null },
    answers: ONLY_ITS_INSTRUCTOR(204),
  },
  { route: `GET ${COHORT}/course`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/care`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/care/events`, answers: ONLY_ITS_INSTRUCTOR(200) },
  {
    route: `POST ${COHORT}/care`,
    body: { id: 'careroundcareone', action: { type: 'reset' }, reason: null, targets: 'all' },
    answers: ONLY_ITS_INSTRUCTOR(201),
  },
  // There is none of this name.
  { route: `POST ${COHORT}/care/:round/cancel`, answers: ONLY_ITS_INSTRUCTOR(404) },
  { route: `GET ${COHORT}/capacity`, answers: ONLY_ITS_INSTRUCTOR(200) },
  {
    route: `POST ${COHORT}/warm-plans`,
    body: { id: 'warmplanwarmplan', lab: 'quorum', count: 1, atMs: 1_000_000, untilMs: 2_000_000 },
    answers: ONLY_ITS_INSTRUCTOR(201),
  },
  { route: `DELETE ${COHORT}/warm-plans/:plan`, answers: ONLY_ITS_INSTRUCTOR(404) },
  { route: `GET ${COHORT}/learners`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `POST ${COHORT}/learners`, body: { names: ['A'] }, answers: ONLY_ITS_INSTRUCTOR(201) },
  { route: `GET ${COHORT}/roster.csv`, query: '?lang=ko', answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/live`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${LEARNER}/attempts`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${LEARNER}/rollouts`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${LEARNER}/rollouts/:rollout`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${LEARNER}/lab-sessions/:id/history`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${LEARNER}/lab-sessions/:id/look`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${LEARNER}/lab-sessions/:id/usage`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/grades`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/grades/attempts`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/grades/progress.csv`, query: '?lang=ko', answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${COHORT}/grades/attempts.csv`, query: '?lang=ko', answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: 'GET /api/api-tokens', answers: ANY_INSTRUCTOR(200) },
  {
    route: 'POST /api/api-tokens',
    body: { name: 'A', scope: 'read', cohort: null, days: 1 },
    answers: ANY_INSTRUCTOR(201),
  },
  { route: 'DELETE /api/api-tokens/:token', answers: ANY_INSTRUCTOR(204) },
  { route: `GET ${COHORT}/webhook`, answers: ONLY_ITS_INSTRUCTOR(200) },
  // It leads into the server's own network.
  { route: `POST ${COHORT}/webhook`, body: { url: 'https://127.0.0.1/' }, answers: ONLY_ITS_INSTRUCTOR(422) },
  { route: `DELETE ${COHORT}/webhook`, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: `POST ${COHORT}/webhook/test`, answers: ONLY_ITS_INSTRUCTOR(404) },
  { route: `POST ${COHORT}/webhook/enable`, answers: ONLY_ITS_INSTRUCTOR(404) },
  { route: `GET ${LEARNER}/data`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `POST ${LEARNER}/name`, body: { name: 'A' }, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: `POST ${LEARNER}/return-code`, answers: ONLY_ITS_INSTRUCTOR(200) },
  {
    route: `POST ${LEARNER}/merge`,
    body: ({ stranger }) => ({ other: stranger }),
    answers: ONLY_ITS_INSTRUCTOR(204),
  },
  {
    route: `POST ${LEARNER}/watch`,
    body: ({ session }) => ({ labSession: session }),
    answers: ONLY_ITS_INSTRUCTOR(200),
  },
  // The lab is the learner's: an instructor shows only an own one.
  {
    route: `POST ${COHORT}/show`,
    body: ({ session }) => ({ labSession: session }),
    answers: [401, 403, 403, 404, 404],
  },
  { route: `DELETE ${COHORT}/show`, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: 'GET /api/me/class/show/events', answers: ANY_LEARNER(200) },
  // The terminal is none of the lab that is shown.
  { route: 'POST /api/me/class/show/terminals/:terminal/ticket', answers: ANY_LEARNER(404) },
  { route: `GET ${LEARNER}/watch`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `GET ${LEARNER}/watch/:watch/events`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `DELETE ${LEARNER}/watch/:watch`, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: `POST ${LEARNER}/watch/:watch/keyboard`, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: `DELETE ${LEARNER}/watch/:watch/keyboard`, answers: ONLY_ITS_INSTRUCTOR(204) },
  { route: `POST ${LEARNER}/watch/:watch/terminals/:terminal/ticket`, answers: ONLY_ITS_INSTRUCTOR(200) },
  { route: `POST ${OWN}/watches/:watch`, body: { answer: 'allow' }, answers: ONLY_OWNER(204) },
  { route: `DELETE ${OWN}/watches/:watch`, answers: ONLY_OWNER(204) },
  { route: `POST ${OWN}/watches/:watch/keyboard`, body: { answer: 'allow' }, answers: ONLY_OWNER(204) },
  { route: `DELETE ${OWN}/watches/:watch/keyboard`, answers: ONLY_OWNER(204) },
  { route: `POST ${LEARNER}/remove`, body: { data: 'delete' }, answers: ONLY_ITS_INSTRUCTOR(204) },
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

type Caller = 'nobody' | 'owner' | 'other' | 'elsewhere' | 'instructor';

let web: Awaited<ReturnType<typeof webFixture>>;
let cookies: Readonly<Record<Caller, string | null>>;
let address: (path: string) => string;
let sessionId: string;
beforeEach(async () => {
  routes.clear();
  web = await webFixture({ onRoute, mode: 'class' });
  const { cohort, instructor } = web.joined ?? expect.unreachable();
  const { nowMs } = web.time;
  web.database.prepare('INSERT INTO learner VALUES (?, ?, ?)').run(web.stranger, 'somebody', 0);
  enrol(web.database, web.stranger, cohort.id, nowMs);
  const elsewhere = web.anotherInstructor();
  web.cohorts.create(elsewhere.id, { name: 'Another class', seats: 5 });
  const cookie = (signIn: (token: string) => void): string => {
    const token = randomToken();
    signIn(token);
    return web.cookie.replace(/=.*/, `=${token}`);
  };
  cookies = {
    nobody: null,
    owner: web.cookie,
    other: cookie((token) => web.logins.addLoginSession(token, web.stranger, nowMs)),
    elsewhere: cookie((token) => web.logins.addInstructorSession(token, elsewhere.id, nowMs)),
    instructor: cookie((token) => web.logins.addInstructorSession(token, instructor.id, nowMs)),
  };
  const session = await web.sessions.start(web.learner.id, 'quorum');
  await session.settled();
  const terminal = await web.terminals.open(session.id, session.running.environment.nodes[0]!);
  const loginId = web.logins.findLoginSession(cookies.instructor?.split('=')[1] ?? '', nowMs)?.id ?? '';
  const watch = web.watches.ask({ instructor, loginId, cohortId: cohort.id }, session);
  web.watches.answer(session, watch.id, 'allow');
  session.connect(() => {});
  const shown = await web.sessions.start(web.instructorStore.ownLearner(instructor, nowMs).id, 'numbers');
  web.shows.start(cohort, { instructor, loginId, cohortId: cohort.id }, shown);
  sessionId = session.id;
  const rollout = keptRollout(web.learner.id, session.id);
  const asked = { id: web.learner.id, cohortId: cohort.id };
  web.help.hands.raise(asked, cohort, { exercise: null, words: '' });
  const message = web.help.messages.send(cohort, instructor, { to: [web.learner.id], text: 'hello' });
  address = (path) =>
    path
      .replace(':id', session.id)
      .replace(':watch', watch.id)
      .replace(':terminal', terminal.id)
      .replace(':exercise', path.includes('lab-sessions') ? '14.5-quorum' : '14.1-deploy')
      .replace(':lesson', '14.1')
      .replace(':rollout', String(rollout))
      .replace(':node', 'node2')
      .replace(':cohort', cohort.id)
      .replace(':learner', web.learner.id)
      .replace(':instructor', instructor.id)
      .replace(':message', message)
      .replace(':round', 'careroundcareone')
      .replace(':plan', 'warmplanwarmplan')
      .replace(':token', 'x'.repeat(16))
      .replace(':invitation', NO_TOKEN);
});
afterEach(() => web.app.close());

test('every route has its line, and every line its route', () => {
  const table = TABLE.map(({ route }) => route);
  expect([...routes].sort()).toEqual(table.filter((route) => !route.startsWith('WS')).sort());
  // Sockets pass no router: each has a listener of its own. Those of previews come under other hosts; whose they are is
  // told by the host's name alone (preview.test.ts).
  const sockets = table.filter((route) => route.startsWith('WS'));
  expect(web.app.server.listenerCount('upgrade')).toBe(sockets.length + 1);
});

async function ask(access: Access, caller: Caller): Promise<number> {
  const [method, path = ''] = access.route.split(' ');
  const cookie = cookies[caller];
  if (method === 'WS') return upgrade(address(path), cookie);
  const { body } = access;
  const { statusCode } = await web.anybody({
    method: method as 'GET',
    url: address(path) + (access.query ?? ''),
    headers: cookie === null ? {} : { cookie },
    ...(body
      ? { payload: typeof body === 'function' ? body({ stranger: web.stranger, session: sessionId }) : body }
      : {}),
    // An event stream has no end: its head is what counts.
    payloadAsStream: true,
  });
  return statusCode;
}

/** @returns the status of the handshake, 101 for a socket that opens */
async function upgrade(path: string, cookie: string | null): Promise<number> {
  const answer = await web.signedIn({
    method: 'POST',
    url: address(`${OWN}/terminals/:terminal/ticket`),
  });
  const { ticket } = answer.json<{ ticket: string }>();
  if (!web.app.server.listening) await web.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = web.app.server.address() as AddressInfo;
  const headers = { host: web.host, origin: `http://${web.host}`, ...(cookie === null ? {} : { cookie }) };
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [TERMINAL_PROTOCOL, `ticket.${ticket}`], {
    headers,
  });
  try {
    return await new Promise((resolve, reject) => {
      socket.once('upgrade', ({ statusCode }) => resolve(statusCode ?? 0));
      socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
      socket.once('error', reject);
    });
  } finally {
    socket.on('error', () => {});
    socket.terminate();
  }
}

test.each(TABLE)('$route: $answers to nobody, owner, other, elsewhere, instructor', async (access) => {
  const [nobody, owner, other, elsewhere, instructor] = access.answers;
  // Who may do it comes last: a route that removes something would change the answers of the rest.
  expect(await ask(access, 'nobody'), 'nobody').toBe(nobody);
  expect(await ask(access, 'other'), 'other learner').toBe(other);
  expect(await ask(access, 'elsewhere'), 'instructor of another class').toBe(elsewhere);
  expect(await ask(access, 'owner'), 'owner').toBe(owner);
  expect(await ask(access, 'instructor'), 'instructor').toBe(instructor);
});
