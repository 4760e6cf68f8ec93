import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import type { WebSocket } from 'ws';
import { CSRF_HEADER } from '#contract/api.ts';
import { type CohortId, InstructorId, type LearnerId } from '#contract/ids.ts';
import { type AppParts, buildApp } from '../app.ts';
import { classParts } from '../class-parts.ts';
import { AuditTrail } from '../domain/audit-trail.ts';
import { capacityReport } from '../domain/capacity-report.ts';
import { CareRounds } from '../domain/care-rounds.ts';
import type { InstructorStore } from '../domain/class/class-stores.ts';
import type { Instructor } from '../domain/stores.ts';
import { Tickets } from '../domain/tickets.ts';
import { ScryptPassphrases } from '../passphrase.ts';
import { previewAddress } from '../preview-address.ts';
import { randomId, randomToken } from '../random-id.ts';
import { SqliteAuditStore } from '../store/audit-store.ts';
import { SqliteCareRoundStore } from '../store/care-round-store.ts';
import { SqliteHistoryStore } from '../store/history-store.ts';
import { SqliteLoginStore } from '../store/login-store.ts';
import { SqliteProgressStore } from '../store/progress-store.ts';
import { SqliteRolloutStore } from '../store/rollout-store.ts';
import { webAddress } from '../web-address.ts';
import { HttpWebhookSender } from '../webhook/http-sender.ts';
import { FakeLabDialer } from './fake-lab-dialer.ts';
import { labFixture } from './lab-fixture.ts';

const HOST = '127.0.0.1:4321';
const COOKIE = 'rollout-lab-4321';

export interface WebFixtureOptions {
  readonly publicUrl?: string;
  readonly previewUrl?: string;
  readonly mode?: 'alone' | 'class';
  readonly webhookHosts?: readonly string[];
  readonly onRoute?: AppParts['onRoute'];
}

/** The web side on fakes; `signedIn` sends requests as the page of the signed-in learner does. */
export async function webFixture(options: WebFixtureOptions = {}) {
  const lab = labFixture();
  const connected: string[] = [];
  const watching: string[] = [];
  const sockets: WebSocket[] = [];
  const urls = { publicUrl: options.publicUrl ?? null, previewUrl: options.previewUrl ?? null };
  const address = webAddress({ host: '127.0.0.1', ...urls }, () => 4321);
  const dialer = new FakeLabDialer();
  const logins = new SqliteLoginStore(lab.database, options.mode);
  const { loginConnections } = lab;
  const auditStore = new SqliteAuditStore(lab.database);
  const audit = new AuditTrail({ store: auditStore, nowMs: () => lab.time.nowMs, log: lab.log });
  const nowMs = () => lab.time.nowMs;
  // As slow as it is in earnest, a hundred tests would take a minute.
  const passphrases = new ScryptPassphrases({ logN: 4, r: 8, p: 1 });
  const { database, sessions } = lab;
  const careRounds = new CareRounds({
    store: new SqliteCareRoundStore(database),
    sessions,
    nowMs,
    renewedSideBySide: 1,
  });
  const hintCountOf = (id: string) => (id === '14.1-deploy' ? 1 : null);
  const ofClass = classParts({
    database,
    logins,
    loginConnections,
    sessions,
    careRounds,
    careCourse: {
      labs: [{ id: 'quorum', title: { ko: '정족수', en: 'Quorum' }, nodes: 3 }],
      exercises: [
        {
          id: '14.5-quorum',
          lesson: '14.5',
          lab: 'quorum',
          extra: false,
          title: { ko: '정족수', en: 'Quorum' },
        },
      ],
    },
    warmPlans: lab.warmPlans,
    capacity: () => capacityReport(lab.parts, sessions),
    passphrases,
    course: { exercises: [], labs: [] },
    stuckAfterMs: 360_000,
    audit,
    hintCountOf,
    webhookSender: new HttpWebhookSender({
      namedHosts: options.webhookHosts ?? [],
      version: '0.0.0',
    }),
    log: lab.log,
    nowMs,
  });
  sessions.registry.observers.add(ofClass.live.watched);
  const app: FastifyInstance = await buildApp({
    ...ofClass,
    address,
    mode: options.mode ?? 'alone',
    logins,
    loginConnections,
    audit,
    ...(options.onRoute ? { onRoute: options.onRoute } : {}),
    newToken: randomToken,
    nowMs,
    sessions,
    usage: (environment) => lab.host.usage(environment),
    terminals: lab.terminals,
    history: new SqliteHistoryStore(lab.database),
    rollouts: new SqliteRolloutStore(lab.database),
    tickets: new Tickets(randomToken),
    previews: lab.previews,
    previewAddress: previewAddress(urls, address, () => 4321),
    dialer,
    connect: (terminalId, socket, _resume, watcher) => {
      connected.push(terminalId);
      if (watcher !== null) watching.push(watcher.name.split(' ')[0] ?? '');
      sockets.push(socket);
    },
    lesson: () => null,
    exercises: () => [{ id: '14.1-deploy', lesson: '14.1', title: { ko: '배포', en: 'Deploy' }, hints: 1 }],
    hintsOf: (id) => (id === '14.1-deploy' ? [{ ko: '하나', en: 'one' }] : null),
    solutionOf: (id) => (id === '14.1-deploy' ? 'docker swarm init\n' : null),
    gradedExercises: () => [
      { id: '14.1-deploy', lab: 'first', revision: 2 },
      { id: '14.5-quorum', lab: 'quorum', revision: 1 },
    ],
    progressOf: () => ({ exercises: {} }),
    store: new SqliteProgressStore(lab.database),
    version: '0.0.0',
    capacity: (signal) => capacityReport(lab.parts, lab.sessions, signal),
    wall: () => null,
    site: null,
    log: pino({ level: 'silent' }),
  });
  const joined = options.mode === 'class' ? cohortWith(ofClass, lab.database, lab.learner.id, nowMs()) : null;
  const cookieToken = randomToken();
  lab.logins.addLoginSession(cookieToken, lab.learner.id, lab.time.nowMs);
  const cookie = `${COOKIE}=${cookieToken}`;
  const headers = { host: HOST, origin: `http://${HOST}`, [CSRF_HEADER]: '1' };
  const anybody = (request: InjectOptions): Promise<LightMyRequestResponse> =>
    app.inject({ ...request, headers: { ...headers, ...request.headers } });
  const signedIn = (request: InjectOptions): Promise<LightMyRequestResponse> =>
    anybody({ ...request, headers: { cookie, ...request.headers } });
  return {
    ...lab,
    labHost: lab.host,
    app,
    logins,
    loginConnections,
    audit,
    auditStore,
    ...ofClass,
    joined,
    /** Somebody who leads no class of the fixture. */
    anotherInstructor: () => addInstructor(ofClass.instructorStore, nowMs()),
    connected,
    /** First names of those who look at a terminal that is not theirs. */
    watching,
    sockets,
    dialer,
    anybody,
    signedIn,
    host: HOST,
    cookie,
  };
}

/** A cohort with an instructor, and the learner of the fixture in it. */
function cohortWith(
  { instructorStore, cohorts }: Pick<ReturnType<typeof classParts>, 'instructorStore' | 'cohorts'>,
  database: DatabaseSync,
  learnerId: LearnerId,
  nowMs: number,
) {
  const instructor = addInstructor(instructorStore, nowMs);
  const cohort = cohorts.create(instructor.id, { name: 'A class', seats: 30 });
  enrol(database, learnerId, cohort.id, nowMs);
  return { instructor, cohort };
}

/** In the form of a hash, of nothing that anybody could type. */
const NO_PASSPHRASE = `scrypt$4$8$1$AAAA$${'A'.repeat(43)}`;

function addInstructor(store: InstructorStore, nowMs: number): Instructor {
  const instructor = { id: InstructorId.parse(randomId(16)), name: `Kim ${randomId(4)}` };
  store.add(instructor, NO_PASSPHRASE, nowMs);
  return instructor;
}

/** Puts a learner who exists into a cohort, without a return code that anybody knows. */
export function enrol(database: DatabaseSync, learnerId: LearnerId, cohortId: CohortId, nowMs: number): void {
  database
    .prepare(
      `INSERT INTO enrolment (learner_id, cohort_id, name_key, return_code_hash, created_at_ms, joined_at_ms)
       VALUES (?1, ?2, ?1, ?3, ?4, ?4)`,
    )
    .run(learnerId, cohortId, randomToken(), nowMs);
}
