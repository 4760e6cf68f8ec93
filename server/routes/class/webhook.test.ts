import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebhookAnswer, WebhookMade, WebhookPayload } from '#contract/class-webhook.ts';
import { LabSessionId, type LearnerId } from '#contract/ids.ts';
import { randomToken } from '../../random-id.ts';
import { SqliteProgressStore } from '../../store/progress-store.ts';
import { webFixture } from '../../testing/web-fixture.ts';

const HOUR_MS = 3_600_000;

interface Received {
  readonly id: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly body: string;
}
const received: Received[] = [];
let status = 204;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const header = (name: string) => String(request.headers[`webhook-${name}`]);
    received.push({ id: header('id'), signature: header('signature'), timestamp: header('timestamp'), body });
    response.writeHead(status).end();
  });
});

let web: Awaited<ReturnType<typeof webFixture>>;
let url: string;
beforeEach(async () => {
  received.length = 0;
  status = 204;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  web = await webFixture({ mode: 'class', webhookHosts: ['127.0.0.1'] });
});
afterEach(async () => {
  await web.webhooks.stop();
  await web.app.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const joined = () => web.joined ?? expect.unreachable();
/** Signed in anew each time: tests go on for longer than a login lasts. */
const ask = (method: 'GET' | 'POST' | 'DELETE', path = '', body?: object) => {
  const token = randomToken();
  web.logins.addInstructorSession(token, joined().instructor.id, web.time.nowMs);
  return web.anybody({
    method,
    url: `/api/cohorts/${joined().cohort.id}/webhook${path}`,
    headers: { cookie: web.cookie.replace(/=.*/, `=${token}`) },
    ...(body && { payload: body }),
  });
};
const set = async () => WebhookMade.parse((await ask('POST', '', { url })).json());
const view = async () => WebhookAnswer.parse((await ask('GET')).json()).webhook ?? expect.unreachable();
const join = (name: string) =>
  web.joining.join({ code: joined().cohort.joinCode, name }, '127.0.0.1').enrolment.id;

function attempt(learnerId: LearnerId, passed: boolean): void {
  new SqliteProgressStore(web.database).record({
    ...{ learnerId, exerciseId: '14.1-deploy', exerciseRevision: 3, trigger: 'button' },
    labSessionId: LabSessionId.parse('l'.repeat(16)),
    verdict: { exercise: '14.1-deploy', passed, checks: [] } as never,
    atMs: web.time.nowMs,
  });
}

async function sent(count: number): Promise<unknown[]> {
  web.webhooks.tick();
  await vi.waitFor(() => expect(received.length).toBe(count));
  await vi.waitFor(async () => expect((await view()).deliveries.every(({ tries }) => tries > 0)).toBe(true));
  return received.map(({ body }) => WebhookPayload.parse(JSON.parse(body)));
}

test('joining and the first pass are sent once each, in order and signed', async () => {
  const { secret } = await set();
  const id = join('김민수');
  attempt(id, false);
  attempt(id, true);
  attempt(id, true);
  const cohort = { id: joined().cohort.id, name: joined().cohort.name };
  const learner = { id, name: '김민수' };
  expect(await sent(2)).toMatchObject([
    { type: 'learner.joined', data: { cohort, learner } },
    { type: 'exercise.passed', data: { cohort, learner, exercise: { id: '14.1-deploy', revision: 3 } } },
  ]);
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  for (const { id: message, timestamp, body, signature } of received) {
    const ours = createHmac('sha256', key).update(`${message}.${timestamp}.${body}`).digest('base64');
    expect(signature).toBe(`v1,${ours}`);
  }
  expect(new Set(received.map(({ id: message }) => message)).size).toBe(2);
  expect((await view()).deliveries[0]).toMatchObject({ lastStatus: 204, nextTryAtMs: null, tries: 1 });
});

test('the test button sends one event and shows what came of it; the secret is not shown again', async () => {
  const { secret } = await set();
  const answer = await ask('POST', '/test');
  expect(WebhookAnswer.parse(answer.json()).webhook?.deliveries).toMatchObject([
    { type: 'webhook.test', lastOutcome: 'answered', lastStatus: 204 },
  ]);
  expect(answer.body + (await ask('GET')).body).not.toContain(secret);
});

test('what fails is tried again under the same id, ever later, and ends with a webhook that is switched off', async () => {
  await set();
  status = 500;
  join('A');
  for (const [tries, waitMs] of [
    5_000,
    300_000,
    0.5 * HOUR_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
  ].entries()) {
    await sent(tries + 1);
    await vi.waitFor(async () =>
      expect((await view()).deliveries[0]).toMatchObject({
        ...{ tries: tries + 1, lastStatus: 500, nextTryAtMs: web.time.nowMs + waitMs },
      }),
    );
    web.time.nowMs += waitMs - 1;
    web.webhooks.tick();
    expect(received).toHaveLength(tries + 1);
    web.time.nowMs += 1;
  }
  web.time.nowMs += HOUR_MS;
  await sent(7);
  await vi.waitFor(async () => expect(await view()).toMatchObject({ disabledReason: 'failing' }));
  expect(new Set(received.map(({ id }) => id)).size).toBe(1);
  join('B');
  expect((await view()).deliveries).toHaveLength(1);
  expect((await ask('POST', '/test')).json()).toMatchObject({ code: 'WEBHOOK_DISABLED' });

  status = 200;
  expect((await ask('POST', '/enable')).statusCode).toBe(200);
  join('C');
  await sent(8);
});

test('a failure holds up what waits behind it, and then all is sent in its order', async () => {
  await set();
  status = 503;
  join('A');
  join('B');
  web.webhooks.tick();
  await vi.waitFor(async () => expect((await view()).deliveries.at(-1)?.tries).toBe(1));
  expect(received).toHaveLength(1);
  status = 200;
  web.time.nowMs += 5_000;
  expect(await sent(3)).toMatchObject(['A', 'A', 'B'].map((name) => ({ data: { learner: { name } } })));
});

test('410 Gone switches it off at once', async () => {
  await set();
  status = 410;
  await ask('POST', '/test');
  expect(await view()).toMatchObject({ disabledReason: 'gone' });
});

test('events wait in the database: another process sends what one has left', async () => {
  await set();
  await web.webhooks.stop();
  join('A');
  web.webhooks.tick();
  expect((await view()).deliveries).toMatchObject([{ type: 'learner.joined', tries: 0 }]);
});

test('a class keeps a thousand events at most, and those of a deleted learner go with them', async () => {
  await set();
  const id = join('A');
  const insert = web.database.prepare(
    `INSERT INTO webhook_event (cohort_id, type, at_ms, next_try_at_ms) VALUES (?, 'webhook.test', 0, 0)`,
  );
  const count = (where = '1') =>
    web.database.prepare(`SELECT count(*) AS n FROM webhook_event WHERE ${where}`).get()?.n;
  expect(count(`learner_id = '${id}'`)).toBe(1);
  await web.roster.erase(id);
  expect(count()).toBe(0);
  for (let index = 0; index < 1_003; index++) insert.run(joined().cohort.id);
  expect(count()).toBe(1_000);
});

test('an address inside is refused with words, and leaves the webhook as it is', async () => {
  await set();
  const answer = await ask('POST', '', { url: 'https://192.168.0.1/hook' });
  expect(answer.json()).toMatchObject({ code: 'WEBHOOK_ADDRESS_REFUSED' });
  expect((await view()).url).toBe(url);
  expect((await ask('DELETE')).statusCode).toBe(204);
  expect((await ask('GET')).json()).toEqual({ webhook: null });
});
