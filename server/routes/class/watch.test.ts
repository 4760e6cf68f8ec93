import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { TerminalId } from '#contract/ids.ts';
import { TERMINAL_CLOSE, TERMINAL_PROTOCOL } from '#contract/terminal-protocol.ts';
import type { LabSession } from '../../domain/lab-session.ts';
import { randomToken } from '../../random-id.ts';
import { readyLab } from '../../testing/lab-fixture.ts';
import { enrol, webFixture } from '../../testing/web-fixture.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
let session: LabSession;
let terminal: TerminalId;
let base: string;
/** Of the class's instructor. */
let kim: string;
beforeEach(async () => {
  web = await webFixture({ mode: 'class' });
  session = await readyLab(web, 'numbers');
  const { nodes } = session.running.environment;
  terminal = (await web.terminals.open(session.id, nodes[0]!)).id;
  const { cohort, instructor } = web.joined ?? expect.unreachable();
  base = `/api/cohorts/${cohort.id}/learners/${web.learner.id}/watch`;
  kim = signIn((token) => web.logins.addInstructorSession(token, instructor.id, web.time.nowMs));
});
afterEach(() => web.app.close());

function signIn(add: (token: string) => void): string {
  const token = randomToken();
  add(token);
  return web.cookie.replace(/=.*/, `=${token}`);
}

const ask = async (cookie = kim): Promise<string> => {
  const payload = { labSession: session.id };
  const answer = await web.anybody({ method: 'POST', url: base, headers: { cookie }, payload });
  return answer.json<{ id: string }>().id;
};
const allow = (watch: string) =>
  web.signedIn({
    method: 'POST',
    url: `/api/lab-sessions/${session.id}/watches/${watch}`,
    payload: { answer: 'allow' },
  });
const ticketFor = async (watch: string, cookie = kim) =>
  web.anybody({
    method: 'POST',
    url: `${base}/${watch}/terminals/${terminal}/ticket`,
    headers: { cookie },
  });

/** @returns the status of the handshake and the socket */
async function connect(ticket: string, cookie = kim): Promise<{ status: number; socket: WebSocket }> {
  if (!web.app.server.listening) await web.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = web.app.server.address() as AddressInfo;
  const socket = new WebSocket(
    `ws://127.0.0.1:${port}/ws/terminals/${terminal}`,
    [TERMINAL_PROTOCOL, `ticket.${ticket}`],
    { headers: { host: web.host, origin: `http://${web.host}`, cookie } },
  );
  socket.on('error', () => {});
  const status = await new Promise<number>((resolve) => {
    socket.once('upgrade', ({ statusCode }) => resolve(statusCode ?? 0));
    socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
  });
  return { status, socket };
}

test('there is no ticket before the learner has agreed, nor after the watching is over', async () => {
  const watch = await ask();
  expect((await ticketFor(watch)).json()).toMatchObject({ code: 'WATCH_UNKNOWN' });
  await allow(watch);
  expect((await ticketFor(watch)).statusCode).toBe(200);
  await web.signedIn({ method: 'DELETE', url: `/api/lab-sessions/${session.id}/watches/${watch}` });
  expect((await ticketFor(watch)).statusCode).toBe(404);
});

test('a watcher’s ticket opens one socket of this login, which is not the learner’s presence', async () => {
  const watch = await ask();
  await allow(watch);
  const { ticket } = (await ticketFor(watch)).json<{ ticket: string }>();
  const { status, socket } = await connect(ticket);
  expect(status).toBe(101);
  expect(web.watching).toEqual(['Kim']);
  expect(session.connections).toBe(0);
  expect((await connect(ticket)).status).toBe(401);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await web.signedIn({ method: 'DELETE', url: `/api/lab-sessions/${session.id}/watches/${watch}` });
  expect(await closed).toBe(TERMINAL_CLOSE.gone);
});

test('a ticket that was got in time opens nothing once the watching is over, nor for anybody else', async () => {
  const watch = await ask();
  await allow(watch);
  const first = (await ticketFor(watch)).json<{ ticket: string }>().ticket;
  expect((await connect(first, web.cookie)).status).toBe(401);
  const second = (await ticketFor(watch)).json<{ ticket: string }>().ticket;
  await web.anybody({ method: 'DELETE', url: `${base}/${watch}`, headers: { cookie: kim } });
  expect((await connect(second)).status).toBe(404);
});

test('another login of the same instructor, another learner and another class have no part in a watching', async () => {
  const { cohort, instructor } = web.joined ?? expect.unreachable();
  const watch = await ask();
  await allow(watch);
  const again = signIn((token) => web.logins.addInstructorSession(token, instructor.id, web.time.nowMs));
  expect((await ticketFor(watch, again)).statusCode).toBe(404);
  web.database.prepare('INSERT INTO learner VALUES (?, ?, ?)').run(web.stranger, 'somebody', 0);
  enrol(web.database, web.stranger, cohort.id, web.time.nowMs);
  const ofOther = base.replace(web.learner.id, web.stranger);
  const url = `${ofOther}/${watch}/terminals/${terminal}/ticket`;
  expect((await web.anybody({ method: 'POST', url, headers: { cookie: kim } })).statusCode).toBe(404);
  // Nor can a lab be watched under another learner's address.
  const payload = { labSession: session.id };
  const foreign = await web.anybody({ method: 'POST', url: ofOther, headers: { cookie: kim }, payload });
  expect(foreign.json()).toMatchObject({ code: 'LAB_SESSION_UNKNOWN' });
});

test('signing out ends the watching, and so does removing the learner', async () => {
  const watch = await ask();
  await allow(watch);
  await web.anybody({ method: 'POST', url: '/api/logout', headers: { cookie: kim } });
  expect(session.view().status.state).toBe('ready');
  await expect(async () => web.watches.of(watch, 'any')).rejects.toMatchObject({ code: 'WATCH_UNKNOWN' });
});

test('what is to be watched is told with whether anybody is there to be asked', async () => {
  const look = async () =>
    (await web.anybody({ method: 'GET', url: base, headers: { cookie: kim } })).json<object>();
  expect(await look()).toMatchObject({ labs: [{ id: session.id, isLearnerThere: false, isUnasked: false }] });
  session.connect(() => {});
  expect(await look()).toMatchObject({ labs: [{ isLearnerThere: true }] });
});

test('the audit trail tells who watched whom, and nothing of what was seen', async () => {
  const watch = await ask();
  await allow(watch);
  await web.anybody({ method: 'DELETE', url: `${base}/${watch}`, headers: { cookie: kim } });
  const { cohort, instructor } = web.joined ?? expect.unreachable();
  const rows = web.auditStore.about(cohort.id, 10).filter(({ event }) => event.startsWith('watch'));
  expect(rows.map(({ event, actor, target, detail }) => [event, actor, target, detail])).toEqual([
    ['watch-end', instructor.id, `${cohort.id}/${web.learner.id}/${session.id}`, 'instructor 0 s'],
    ['watch', instructor.id, `${cohort.id}/${web.learner.id}/${session.id}`, 'consent'],
  ]);
});
