import type { CatalogExercise, QueuePlace } from '#contract/api.ts';
import { LabDefinition } from '#contract/definitions.ts';
import { LearnerId } from '#contract/ids.ts';
import { ADMISSION, admit } from '../domain/admission.ts';
import type { LabParts } from '../domain/lab-parts.ts';
import type { LabSession } from '../domain/lab-session.ts';
import { LabSessions } from '../domain/lab-sessions.ts';
import { LabUpkeep } from '../domain/lab-upkeep.ts';
import type { Log } from '../domain/log.ts';
import { LoginConnections } from '../domain/login-connections.ts';
import { Previews } from '../domain/previews.ts';
import { WarmPlans } from '../domain/warm-plans.ts';
import { WarmPool } from '../domain/warm-pool.ts';
import { randomId } from '../random-id.ts';
import { SqliteHistoryStore } from '../store/history-store.ts';
import { SqliteLabSessionStore } from '../store/lab-session-store.ts';
import { SqliteLoginStore } from '../store/login-store.ts';
import { openStore } from '../store/open.ts';
import { SqliteWarmPlanStore } from '../store/warm-plan-store.ts';
import { scanSequences } from '../terminal/sequence-scanner.ts';
import { fakeGrading } from './fake-grading.ts';
import { FakeLabHost } from './fake-lab-host.ts';
import { FakeLimitWatch } from './fake-limit-watch.ts';
import { FakeShell } from './fake-shell.ts';
import { FakeTerminals } from './fake-terminals.ts';

/** Keeps what is logged, errors by their message. */
function keepingLog(logged: unknown[]): Log {
  const keep = (data: object, event: string): void => {
    const err = 'err' in data && data.err instanceof Error ? data.err.message : undefined;
    logged.push({ ...data, err, event });
  };
  return { debug: keep, info: keep, warn: keep, error: keep };
}

const oneNodeLab = LabDefinition.parse({
  format: 1,
  id: 'numbers',
  title: { ko: '무작위 숫자', en: 'Numbers' },
  nodes: [{ name: 'node1' }],
  swarm: 'none',
  files: 'files',
  limits: { memoryMiB: 1024, cpus: 2, pids: 2000, diskMiB: 1024 },
  exercises: ['14.1-deploy', '14.1-health'],
});

/** Two nodes with switches, in a swarm from the start. */
const switchedLab = LabDefinition.parse({
  ...oneNodeLab,
  id: 'quorum',
  title: { ko: '정족수', en: 'Quorum' },
  nodes: [{ name: 'node1' }, { name: 'node2' }, { name: 'node3' }],
  swarm: { managers: ['node1', 'node2', 'node3'], workers: [] },
  powerSwitches: true,
  exercises: ['14.5-quorum'],
});

const LABS = [oneNodeLab, switchedLab];

/** The life cycle on fakes and a real in-memory database. Time stands still until the test moves it. */
export function labFixture(
  options: {
    database?: ReturnType<typeof openStore>;
    host?: FakeLabHost;
    warm?: number;
    maxLabs?: number;
    labsPerLearner?: number;
    parallelStarts?: number;
  } = {},
) {
  const database = options.database ?? openStore(':memory:');
  const host = options.host ?? new FakeLabHost();
  const logged: unknown[] = [];
  const log = keepingLog(logged);
  const scripts = new Map([['14.1-health', ['deploy']]]);
  const time = { nowMs: 1_000_000 };
  const grading = fakeGrading();
  const terminals = new FakeTerminals();
  const logins = new SqliteLoginStore(database);
  const learner = logins.soleLearner(time.nowMs);
  const pool = new WarmPool({
    host,
    log,
    newEnvironmentId: () => randomId(10),
    filesFolderOf: () => '/nowhere',
    mayFill: async ({ nodes }) =>
      admit({ nodes: nodes.length, runningLabs: 0, maxLabs: undefined }, await host.capacity()),
    targetOf: (definition) =>
      Math.max(definition.nodes.length === 1 ? (options.warm ?? 0) : 0, warmPlans.targetOf(definition)),
  });
  const shell = new FakeShell();
  const forbidden = new Map<string, CatalogExercise['forbids']>();
  const limitWatch = new FakeLimitWatch();
  const loginConnections = new LoginConnections();
  const previews = new Previews({ loginConnections, newId: randomId, nowMs: () => time.nowMs });
  const parts: LabParts = {
    host,
    shell,
    pool,
    limitWatch,
    store: new SqliteLabSessionStore(database),
    history: new SqliteHistoryStore(database),
    terminals,
    previews,
    startGrading: grading.start,
    progress: () => ({ exercises: {} }),
    definitionOf: (id) => LABS.find((lab) => lab.id === id) ?? null,
    forbiddenSwitches: (id) => forbidden.get(id) ?? null,
    filesFolderOf: () => '/nowhere',
    newId: randomId,
    clock: { nowMs: () => time.nowMs },
    log,
    maxLabs: options.maxLabs,
    labsPerLearner: options.labsPerLearner,
    parallelStarts: options.parallelStarts ?? 4,
    idle: { pauseMs: 60_000, closeMs: 3_600_000 },
    scriptsToStart: (id) =>
      (scripts.get(id) ?? []).map((script) => ({ exercise: '14.1-deploy', script, leadsTo: id })),
    scanSwitches: (onSwitch) =>
      scanSequences((sequence) => {
        if (sequence.type === 'power') onSwitch(sequence);
      }),
  };
  const sessions: LabSessions = new LabSessions(parts);
  const upkeep = new LabUpkeep(parts, sessions);
  const warmPlans: WarmPlans = new WarmPlans(parts, new SqliteWarmPlanStore(database), sessions);
  const stranger = LearnerId.parse('strangerstranger');
  return {
    database,
    host,
    time,
    grading,
    terminals,
    loginConnections,
    previews,
    logins,
    learner,
    pool,
    parts,
    shell,
    limitWatch,
    sessions,
    warmPlans,
    upkeep,
    scripts,
    forbidden,
    logged,
    stranger,
    log,
  };
}

export async function readyLab(
  fixture: Pick<ReturnType<typeof labFixture>, 'sessions' | 'learner'>,
  lab: string,
): Promise<LabSession> {
  const session = await fixture.sessions.start(fixture.learner.id, lab);
  await session.settled();
  return session;
}

/** Memory for so many nodes, those that run taken off. */
export function memoryFor({ host }: ReturnType<typeof labFixture>, nodes: number): void {
  host.capacity = async () => {
    const running = [...host.environments.values()].reduce((sum, one) => sum + one.nodes.length, 0);
    return {
      ...host.capacityNow,
      memoryAvailableBytes: ADMISSION.memoryReserveBytes + (nodes - running) * ADMISSION.memoryPerNodeBytes,
    };
  };
}

/** Where a lab stands in the queue, as its page is told; `null`: it does not wait. */
export function placeOf({ status }: LabSession): QueuePlace | null {
  return ('queue' in status && status.queue) || null;
}

/** Learners of a class, beside the one of the fixture. */
export function classmates(
  { database }: Pick<ReturnType<typeof labFixture>, 'database'>,
  count: number,
): LearnerId[] {
  const insert = database.prepare('INSERT INTO learner (id, name, created_at_ms) VALUES (?, ?, 1)');
  return Array.from({ length: count }, (_, index) => {
    const id = LearnerId.parse(`classmate${String(index).padStart(7, '0')}`);
    insert.run(id, `학생 ${index + 1}`);
    return id;
  });
}
