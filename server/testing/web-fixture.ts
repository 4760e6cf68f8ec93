import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { CSRF_HEADER } from '#contract/api.ts';
import { buildApp } from '../app.ts';
import { Tickets } from '../domain/tickets.ts';
import { randomToken } from '../random-id.ts';
import { SqliteProgressStore } from '../store/progress-store.ts';
import { labFixture } from './lab-fixture.ts';

const HOST = '127.0.0.1:4321';
const COOKIE = 'rollout-lab-4321';

/** The web side on fakes; `signedIn` sends requests as the page of the signed-in learner does. */
export async function webFixture() {
  const lab = labFixture();
  const connected: string[] = [];
  const app: FastifyInstance = await buildApp({
    allowedHosts: () => new Set([HOST, 'localhost:4321']),
    logins: lab.logins,
    cookieName: () => COOKIE,
    newToken: randomToken,
    nowMs: () => lab.time.nowMs,
    sessions: lab.sessions,
    terminals: lab.terminals,
    tickets: new Tickets(randomToken),
    connect: (terminalId, socket) => {
      connected.push(terminalId);
      socket.close(1000);
    },
    lesson: () => null,
    hintsOf: (id) => (id === '14.1-deploy' ? [{ ko: '하나', en: 'one' }] : null),
    solutionOf: (id) => (id === '14.1-deploy' ? 'docker swarm init\n' : null),
    progressOf: () => ({ exercises: {} }),
    store: new SqliteProgressStore(lab.database),
    host: lab.host,
    version: '0.0.0',
    labsOpen: () => 0,
    site: null,
    log: pino({ level: 'silent' }),
  });
  const cookieToken = randomToken();
  lab.logins.addLoginSession(cookieToken, lab.learner.id, lab.time.nowMs);
  const cookie = `${COOKIE}=${cookieToken}`;
  const headers = { host: HOST, origin: `http://${HOST}`, [CSRF_HEADER]: '1' };
  const anybody = (request: InjectOptions): Promise<LightMyRequestResponse> =>
    app.inject({ ...request, headers: { ...headers, ...request.headers } });
  const signedIn = (request: InjectOptions): Promise<LightMyRequestResponse> =>
    anybody({ ...request, headers: { cookie, ...request.headers } });
  return { ...lab, labHost: lab.host, app, connected, anybody, signedIn, host: HOST, cookie };
}
