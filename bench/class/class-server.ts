/**
 * The web side of the product as it is, with its store, its rules and its routes, over labs that were never started.
 * Prints its address, a cookie of the instructor, and the class. `GET /news` on the other address tells which cells
 * have changed since it was last asked, `POST /pace?PER_SECOND` how much happens.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { InstructorId } from '#contract/ids.ts';
import { buildApp } from '../../server/app.ts';
import {
  careCourse,
  courseView,
  hintsOf,
  lessonView,
  unlockableExercises,
} from '../../server/catalog/lesson-view.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { classParts } from '../../server/class-parts.ts';
import { contentSecurityPolicy } from '../../server/content-security-policy.ts';
import { AuditTrail } from '../../server/domain/audit-trail.ts';
import { capacityReport } from '../../server/domain/capacity-report.ts';
import { CareRounds } from '../../server/domain/care-rounds.ts';
import type { LabParts } from '../../server/domain/lab-parts.ts';
import type { LabSession } from '../../server/domain/lab-session.ts';
import { LabSessions } from '../../server/domain/lab-sessions.ts';
import { Tickets } from '../../server/domain/tickets.ts';
import { ScryptPassphrases } from '../../server/passphrase.ts';
import { previewAddress } from '../../server/preview-address.ts';
import { randomId, randomToken } from '../../server/random-id.ts';
import { SqliteAuditStore } from '../../server/store/audit-store.ts';
import { SqliteCareRoundStore } from '../../server/store/care-round-store.ts';
import { SqliteHistoryStore } from '../../server/store/history-store.ts';
import { SqliteLoginStore } from '../../server/store/login-store.ts';
import { openStore } from '../../server/store/open.ts';
import { SqliteProgressStore } from '../../server/store/progress-store.ts';
import { SqliteRolloutStore } from '../../server/store/rollout-store.ts';
import { FakeLabDialer } from '../../server/testing/fake-lab-dialer.ts';
import { labFixture } from '../../server/testing/lab-fixture.ts';
import { webAddress } from '../../server/web-address.ts';
import { HttpWebhookSender } from '../../server/webhook/http-sender.ts';
import { seatClass } from './simulated-class.ts';
import { SimulatedLab } from './simulated-lab.ts';
import type { CellNews } from './simulated-learner.ts';

const ROOT_DIR = resolve(import.meta.dirname, '../..');
const LEARNERS = Number(process.argv[2] ?? 200);
const STUCK_AFTER_MS = Number(process.argv[3] ?? 6 * 60_000);
const nowMs = () => Date.now();

const folder = await mkdtemp(join(tmpdir(), 'rl-class-'));
const database = openStore(join(folder, 'rollout-lab.db'));
const catalog = await loadCatalog(join(ROOT_DIR, 'labs'));
const progress = new SqliteProgressStore(database);
const labs = new Map<string, SimulatedLab>();
const fixture = labFixture({ database, maxLabs: 1_000 });
const parts: LabParts = {
  ...fixture.parts,
  clock: { nowMs },
  definitionOf: (id) => catalog.lab(id)?.definition ?? null,
  startGrading: (session) => {
    const lab = new SimulatedLab(session, { exerciseOf: (id) => catalog.exercise(id), progress });
    labs.set(session.labSessionId, lab);
    return lab;
  },
};
// Room for everybody: nothing is started.
fixture.host.capacity = async () => ({
  ...fixture.host.capacityNow,
  memoryAvailableBytes: Number.MAX_SAFE_INTEGER,
});
const sessions = new LabSessions(parts);
const logins = new SqliteLoginStore(database, 'class');
const { loginConnections, previews, terminals } = fixture;
const log = pino({ level: 'warn' });
const audit = new AuditTrail({ store: new SqliteAuditStore(database), nowMs, log });
const ofClass = classParts({
  database,
  logins,
  loginConnections,
  sessions,
  passphrases: new ScryptPassphrases(),
  careRounds: new CareRounds({
    store: new SqliteCareRoundStore(database),
    sessions,
    nowMs,
    renewedSideBySide: 1,
  }),
  careCourse: careCourse(catalog),
  warmPlans: fixture.warmPlans,
  capacity: () => capacityReport(parts, sessions),
  course: courseView(catalog),
  stuckAfterMs: STUCK_AFTER_MS,
  audit,
  webhookSender: new HttpWebhookSender({ namedHosts: [], version: 'bench' }),
  log,
  hintCountOf: (id) => catalog.exercise(id)?.definition.hints ?? null,
  nowMs,
});
sessions.registry.observers.add(ofClass.live.watched);
const port = (): number => (app.server.address() as AddressInfo | null)?.port ?? 0;
const urls = { publicUrl: null, previewUrl: null };
const address = webAddress({ host: '127.0.0.1', ...urls }, port);
const site = join(ROOT_DIR, 'dist');
const app = await buildApp({
  ...ofClass,
  address,
  mode: 'class',
  logins,
  loginConnections,
  audit,
  newToken: randomToken,
  nowMs,
  sessions,
  usage: (environment) => fixture.host.usage(environment),
  terminals,
  history: new SqliteHistoryStore(database),
  rollouts: new SqliteRolloutStore(database),
  tickets: new Tickets(randomToken),
  previews,
  previewAddress: previewAddress(urls, address, port),
  dialer: new FakeLabDialer(),
  connect: () => {},
  lesson: (id) => lessonView(catalog, id),
  gradedExercises: () => [],
  exercises: () => unlockableExercises(catalog),
  hintsOf: (id) => {
    const exercise = catalog.exercise(id);
    return exercise === null ? null : hintsOf(exercise);
  },
  solutionOf: () => null,
  progressOf: () => ({ exercises: {} }),
  store: progress,
  version: '0.0.0',
  capacity: (signal) => capacityReport(parts, sessions, signal),
  wall: () => null,
  site: { folder: site, contentSecurityPolicy: await contentSecurityPolicy(site) },
  log,
});

const instructor = { id: InstructorId.parse(randomId(16)), name: '박선생' };
ofClass.instructorStore.add(instructor, '', nowMs());
const cohort = ofClass.cohorts.create(instructor.id, { name: '도커 스웜 화요일 반', seats: 500 });
const token = randomToken();
logins.addInstructorSession(token, instructor.id, nowMs());

let news: CellNews[] = [];
const labOf = ({ id }: LabSession): SimulatedLab => {
  const lab = labs.get(id);
  if (lab === undefined) throw new Error(`no lab ${id}`);
  return lab;
};
const onNews = (one: CellNews): void => void news.push(one);
const learners = await seatClass(
  { database, catalog, sessions, cohortId: cohort.id, labOf, onNews },
  LEARNERS,
);
const busy = learners.filter((learner) => learner.hasLab);
for (const [index, learner] of busy.entries()) if (index % 3 !== 2) learner.act(0);
for (const [index, learner] of busy.entries()) if (index % 9 === 4) learner.leave();

let happening: NodeJS.Timeout | undefined;
const control = createServer((request, response) => {
  const { pathname, search } = new URL(request.url ?? '/', 'http://control');
  if (pathname === '/pace') {
    clearInterval(happening);
    const perSecond = Number(search.slice(1));
    if (perSecond > 0)
      happening = setInterval(() => busy[Math.floor(Math.random() * busy.length)]?.act(), 1_000 / perSecond);
  }
  response.end(JSON.stringify(pathname === '/news' ? news.splice(0) : {}));
});
await new Promise<void>((done) => control.listen(0, '127.0.0.1', done));
await app.listen({ host: '127.0.0.1', port: Number(process.argv[4] ?? 0) });
const controlPort = (control.address() as AddressInfo).port;
process.stdout.write(
  `site http://127.0.0.1:${port()} cookie ${address.cookieName()}=${token} cohort ${cohort.id} control http://127.0.0.1:${controlPort}\n`,
);
process.once('SIGTERM', async () => {
  clearInterval(happening);
  control.close();
  await app.close();
  database.close();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
});
news = [];
