import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ExerciseProgress, Progress } from '#contract/api.ts';
import type { LabDefinition } from '#contract/definitions.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';
import { buildApp } from './app.ts';
import type { Catalog } from './catalog/catalog.ts';
import {
  careCourse,
  courseView,
  forbiddenSwitches,
  hintsOf,
  lessonView,
  unlockableExercises,
} from './catalog/lesson-view.ts';
import { loadCatalog } from './catalog/load-catalog.ts';
import { classParts } from './class-parts.ts';
import type { Config } from './config.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { DialledApplication } from './docker/dialled-application.ts';
import { SocketLabDialer } from './docker/lab-dial.ts';
import { LimitMarks } from './docker/limit-marks.ts';
import { SwarmObserver } from './docker/swarm-observer.ts';
import { admit } from './domain/admission.ts';
import { AuditTrail } from './domain/audit-trail.ts';
import { capacityReport } from './domain/capacity-report.ts';
import { CareRounds } from './domain/care-rounds.ts';
import { Retention } from './domain/class/retention.ts';
import { gradingStarter } from './domain/exercise-session.ts';
import { LabError } from './domain/lab-error.ts';
import type { LabParts } from './domain/lab-parts.ts';
import type { LabSession } from './domain/lab-session.ts';
import { LabSessions } from './domain/lab-sessions.ts';
import { LabUpkeep } from './domain/lab-upkeep.ts';
import { LoginConnections } from './domain/login-connections.ts';
import { PoolDemand } from './domain/pool-demand.ts';
import { Previews } from './domain/previews.ts';
import { Tickets } from './domain/tickets.ts';
import { WarmPlans } from './domain/warm-plans.ts';
import { WarmPool } from './domain/warm-pool.ts';
import { classAddress } from './instructor-link.ts';
import { firstLaunchLink } from './launch-link.ts';
import { ScryptPassphrases } from './passphrase.ts';
import type { LabHost, LabShell } from './ports.ts';
import { previewAddress } from './preview-address.ts';
import { randomId, randomToken } from './random-id.ts';
import { SqliteAuditStore } from './store/audit-store.ts';
import { SqliteCareRoundStore } from './store/care-round-store.ts';
import { SqliteExerciseStore } from './store/exercise-store.ts';
import { SqliteHistoryStore } from './store/history-store.ts';
import { SqliteLabSessionStore } from './store/lab-session-store.ts';
import { SqliteLoginStore } from './store/login-store.ts';
import { openStore } from './store/open.ts';
import { SqliteProgressStore } from './store/progress-store.ts';
import { SqliteRolloutStore } from './store/rollout-store.ts';
import { SqliteWarmPlanStore } from './store/warm-plan-store.ts';
import type { TypedAnswer } from './terminal/answer-sequence.ts';
import { scanSequences } from './terminal/sequence-scanner.ts';
import { Terminals } from './terminal/terminals.ts';
import { terminalSocketOf } from './terminal/ws-socket.ts';
import { WallGuard } from './wall-guard.ts';
import { webAddress } from './web-address.ts';
import { HttpWebhookSender } from './webhook/http-sender.ts';

export interface Server {
  listen(): Promise<void>;
  /** What a start prints for whoever opens the product: in alone mode a fresh sign-in link; valid once `listen` has returned. */
  launchLink(): string;
  /** Ends everything in the order in which it depends on each other. */
  stop(): Promise<void>;
  /** Goes without closing or changing any lab: the next start finds everything as after a crash. */
  leave(): Promise<void>;
}

/** Labs and the shells in them, wherever the engine's socket is held. */
export interface Labs {
  readonly host: LabHost;
  readonly shell: LabShell;
}

const SWEEP_EVERY_MS = 5_000;
const WATCH_TICK_MS = 1_000;
const FOREIGN_ANSWER: LocalizedText = {
  ko: '강사가 키보드를 쓰는 동안 보낸 답은 채점하지 않아요. 키보드를 돌려받은 다음 직접 보내 주세요.',
  en: 'An answer that is sent while an instructor has the keyboard isn’t graded. Send your own once you have it back.',
};
const clock = { nowMs: () => Date.now() };

/** Puts the parts together. The only place that knows all of them. */
export async function assemble(config: Config, { host, shell }: Labs, log: Logger): Promise<Server> {
  await using undo = new AsyncDisposableStack();
  const catalog = await loadCatalog(join(config.rootDir, 'labs'));
  const database = openStore(join(config.webDir, 'rollout-lab.db'));
  undo.defer(() => database.close());
  const dialer = new SocketLabDialer();
  const observer = new SwarmObserver();
  undo.defer(() => observer.close());
  const progressStore = new SqliteProgressStore(database);
  const history = new SqliteHistoryStore(database);
  const rollouts = new SqliteRolloutStore(database);
  const logins = new SqliteLoginStore(database, config.mode);
  const audit = new AuditTrail({ store: new SqliteAuditStore(database), nowMs: clock.nowMs, log });

  const terminals: Terminals = new Terminals({
    shell,
    savedScreensFolder: join(config.webDir, 'screens'),
    log,
    onInput: (id, isTyping) => {
      session(id)?.touch();
      if (isTyping) ofClass.watches.learnerTyped(id);
    },
    onEnded: (id) => session(id)?.announce(),
    onSequence: (id, sequence) => {
      const asking = session(id);
      if (asking === undefined) return;
      if (sequence.type === 'power') {
        const { learnerId: actor } = asking;
        const target = `${id}/${sequence.node}`;
        audit.record({
          event: 'node-power',
          outcome: 'done',
          actor,
          target,
          address: null,
          detail: 'command',
        });
        void sessions.switchNodeFromShell(asking, sequence);
      } else if (ofClass.watches.isTypedByWatcher(asking)) asking.notify('warning', FOREIGN_ANSWER);
      else takeAnswer(asking, sequence);
    },
  });
  const demand = new PoolDemand(config.warmLabs, clock.nowMs);
  const pool = new WarmPool({
    host,
    log,
    newEnvironmentId: () => randomId(10),
    filesFolderOf: (definition) => labOf(catalog, definition).filesFolder,
    mayFill: async (definition) => {
      if (sessions.queue.waiting.length > 0)
        throw new LabError('LAB_CAPACITY_REACHED', 'learners wait for the room', {
          params: { running: sessions.all().length, limit: sessions.all().length },
        });
      const capacity = await host.capacity(AbortSignal.timeout(5_000));
      admit({ nodes: definition.nodes.length + 1, runningLabs: 0, maxLabs: undefined }, capacity);
    },
    // A lab of several nodes is too dear to stand by for nobody, but for a class that comes.
    targetOf: (definition) =>
      Math.max(
        definition.nodes.length === 1 ? demand.targetOf(definition.id) : 0,
        warmPlans.targetOf(definition),
      ),
    onAsked: ({ id }, learnerId) => demand.asked(id, learnerId),
  });
  const progressOf = (learnerId: LearnerId): Progress =>
    fullProgress(catalog, progressStore.progress(learnerId));
  const loginConnections = new LoginConnections();
  const previews = new Previews({ loginConnections, newId: randomId, nowMs: clock.nowMs });
  const wall = new WallGuard({ host, mode: config.mode, accepted: config.acceptedRisks, log });
  const parts: LabParts = {
    host,
    shell,
    pool,
    limitWatch: new LimitMarks(),
    store: new SqliteLabSessionStore(database),
    history,
    terminals,
    previews,
    startGrading: gradingStarter({
      exerciseOf: (id) => catalog.exercise(id),
      observer,
      history,
      rollouts,
      application: new DialledApplication(dialer),
      exercises: new SqliteExerciseStore(database),
      progress: progressStore,
      clock,
      routesVirtualIps: () => wall.report?.routesVirtualIps ?? false,
      log,
    }),
    progress: progressOf,
    definitionOf: (id) => catalog.lab(id)?.definition ?? null,
    forbiddenSwitches: (id) => {
      const exercise = catalog.exercise(id);
      return exercise === null ? null : forbiddenSwitches(exercise);
    },
    filesFolderOf: (definition) => labOf(catalog, definition).filesFolder,
    newId: randomId,
    clock,
    log,
    maxLabs: config.maxLabs,
    labsPerLearner: config.labsPerLearner,
    parallelStarts: config.parallelStarts,
    idle: { pauseMs: config.idlePauseMs, closeMs: config.idleCloseMs },
    scriptsToStart: (exerciseId) => catalog.scriptsToStart(exerciseId),
    scanSwitches: (onSwitch) =>
      scanSequences((sequence) => {
        if (sequence.type === 'power') onSwitch(sequence);
      }),
  };
  const sessions: LabSessions = new LabSessions(parts);
  const upkeep = new LabUpkeep(parts, sessions);
  const careRounds = new CareRounds({
    store: new SqliteCareRoundStore(database),
    sessions,
    nowMs: clock.nowMs,
    renewedSideBySide: config.careSideBySide,
  });
  const warmPlans: WarmPlans = new WarmPlans(parts, new SqliteWarmPlanStore(database), sessions);
  const takeAnswer = ({ id, grading }: LabSession, { check, value }: TypedAnswer): void => {
    // The command has told the learner that the answer is on its way; the verdict shows on the page.
    grading
      ?.answer(check, value)
      .catch((failure: unknown) => log.debug({ err: failure, labSessionId: id }, 'answer not taken'));
  };
  const session = (id: string) => sessions.all().find((one) => one.id === id);

  const port = (): number => (app.server.address() as AddressInfo | null)?.port ?? config.port;
  const address = webAddress(config, port);
  const siteFolder = join(config.rootDir, 'dist');
  const { nowMs } = clock;
  const passphrases = new ScryptPassphrases();
  const hintCountOf = (id: string) => catalog.exercise(id)?.definition.hints ?? null;
  const ofClass = classParts({
    database,
    logins,
    loginConnections,
    sessions,
    careRounds,
    careCourse: careCourse(catalog),
    warmPlans,
    capacity: () => capacityReport(parts, sessions),
    passphrases,
    course: courseView(catalog),
    stuckAfterMs: config.stuckAfterMs,
    audit,
    hintCountOf,
    webhookSender: new HttpWebhookSender({ namedHosts: config.webhookHosts, version: config.version }),
    log,
    nowMs,
  });
  const retention = new Retention({
    store: ofClass.enrolments,
    hasOpenLab: (id) => sessions.listOf(id).length > 0,
    erase: (id) => ofClass.roster.erase(id),
    keepMs: config.mode === 'class' ? config.keepMs : null,
    nowMs,
    log,
  });
  if (config.mode === 'class') sessions.registry.observers.add(ofClass.live.watched);
  const app = await buildApp({
    ...ofClass,
    address,
    mode: config.mode,
    logins,
    loginConnections,
    audit,
    newToken: randomToken,
    nowMs: clock.nowMs,
    lesson: (id) => lessonView(catalog, id),
    exercises: () => unlockableExercises(catalog),
    hintsOf: (id) => {
      const exercise = catalog.exercise(id);
      return exercise === null ? null : hintsOf(exercise);
    },
    solutionOf: (id) => catalog.exercise(id)?.solution ?? null,
    gradedExercises: () =>
      catalog.exercises().map(({ id, lab, definition }) => ({ id, lab, revision: definition.revision })),
    progressOf,
    store: progressStore,
    version: config.version,
    capacity: (signal) => capacityReport(parts, sessions, signal),
    wall: () => wall.report,
    sessions,
    usage: (environment, signal) => host.usage(environment, signal),
    terminals,
    history,
    rollouts,
    tickets: new Tickets(randomToken),
    previews,
    previewAddress: previewAddress(config, address, port),
    dialer,
    connect: (terminalId, socket, resume, watcher) =>
      terminals.connect(terminalId, { socket: terminalSocketOf(socket), watcher, resume }),
    site: { folder: siteFolder, contentSecurityPolicy: await contentSecurityPolicy(siteFolder) },
    log,
  });
  undo.defer(() => app.close());

  await upkeep.adopt();
  careRounds.goOn();
  await terminals.discardSaved();
  const firstLab = catalog.labs.find(({ definition }) => definition.nodes.length === 1);
  // Where everybody begins. Other labs that are cheap enough are kept ready once they are in use.
  if (firstLab !== undefined) pool.fill(firstLab.definition);
  const sweeping = setInterval(() => {
    warmPlans.tick();
    ofClass.help.forgetOld();
    ofClass.webhooks.tick();
    void retention.tick();
    for (const id of demand.quieted()) {
      const lab = catalog.lab(id);
      if (lab !== null) pool.fill(lab.definition);
    }
    void upkeep.sweep();
  }, SWEEP_EVERY_MS);
  const watching = setInterval(() => {
    ofClass.watches.tick();
    ofClass.shows.tick();
  }, WATCH_TICK_MS);
  undo.move();

  return {
    async listen() {
      await wall.beforeListening();
      await app.listen({ host: config.host, port: config.port });
      log.info({ host: config.host, port: port() }, 'server listening');
      wall.afterListening();
    },
    launchLink: () =>
      config.mode === 'class'
        ? classAddress(ofClass.instructorStore, logins, address.origin(), nowMs())
        : firstLaunchLink(logins, address.origin(), nowMs()),
    async stop() {
      clearInterval(sweeping);
      clearInterval(watching);
      const draining = pool.drain();
      await terminals.detachAll();
      await app.close();
      await Promise.all([ofClass.webhooks.stop(), careRounds.stop(), sessions.stop(config.onExit), draining]);
      observer.close();
      database.close();
    },
    async leave() {
      sessions.leave();
      clearInterval(sweeping);
      clearInterval(watching);
      await terminals.detachAll();
      await app.close();
      await ofClass.webhooks.stop();
      observer.close();
      database.close();
    },
  };
}

function labOf(catalog: Catalog, definition: LabDefinition) {
  const lab = catalog.lab(definition.id);
  if (lab === null) throw new Error(`lab ${definition.id} is not in the catalogue`);
  return lab;
}

const UNTOUCHED: ExerciseProgress = { completedAtMs: null, attempts: 0, hintsShown: 0, solutionShown: false };

function fullProgress(catalog: Catalog, known: ReadonlyMap<string, ExerciseProgress>): Progress {
  return {
    exercises: Object.fromEntries(catalog.exercises().map(({ id }) => [id, known.get(id) ?? UNTOUCHED])),
  };
}
