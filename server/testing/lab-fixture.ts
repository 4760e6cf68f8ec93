import { LabDefinition } from '#contract/definitions.ts';
import { LearnerId } from '#contract/ids.ts';
import { LabSessions } from '../domain/lab-sessions.ts';
import type { Log } from '../domain/log.ts';
import { WarmPool } from '../domain/warm-pool.ts';
import { randomId } from '../random-id.ts';
import { SqliteHistoryStore } from '../store/history-store.ts';
import { SqliteLabSessionStore } from '../store/lab-session-store.ts';
import { SqliteLoginStore } from '../store/login-store.ts';
import { openStore } from '../store/open.ts';
import { fakeGrading } from './fake-grading.ts';
import { FakeLabHost } from './fake-lab-host.ts';
import { FakeTerminals } from './fake-terminals.ts';

const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

const oneNodeLab = LabDefinition.parse({
  format: 1,
  id: 'numbers',
  title: { ko: '무작위 숫자', en: 'Numbers' },
  nodes: [{ name: 'node1' }],
  swarm: 'none',
  files: 'files',
  limits: { memoryMiB: 1024, cpus: 2, pids: 2000 },
  exercises: ['14.1-deploy', '14.1-health'],
});

/** The life cycle on fakes and a real in-memory database. Time stands still until the test moves it. */
export function labFixture(
  options: {
    database?: ReturnType<typeof openStore>;
    host?: FakeLabHost;
    warm?: number;
    maxLabs?: number;
  } = {},
) {
  const database = options.database ?? openStore(':memory:');
  const host = options.host ?? new FakeLabHost();
  const time = { nowMs: 1_000_000 };
  const grading = fakeGrading();
  const terminals = new FakeTerminals();
  const logins = new SqliteLoginStore(database);
  const learner = logins.soleLearner(time.nowMs);
  const pool = new WarmPool({
    host,
    log: silentLog,
    newEnvironmentId: () => randomId(10),
    filesFolderOf: () => '/nowhere',
    mayFill: async () => true,
    targetPerLab: options.warm ?? 0,
  });
  const sessions = new LabSessions({
    host,
    pool,
    store: new SqliteLabSessionStore(database),
    history: new SqliteHistoryStore(database),
    terminals,
    startGrading: grading.start,
    progress: () => ({ exercises: {} }),
    definitionOf: (id) => (id === oneNodeLab.id ? oneNodeLab : null),
    filesFolderOf: () => '/nowhere',
    newId: randomId,
    clock: { nowMs: () => time.nowMs },
    log: silentLog,
    maxLabs: options.maxLabs,
    idle: { pauseMs: 60_000, closeMs: 3_600_000 },
  });
  const stranger = LearnerId.parse('strangerstranger');
  return { database, host, time, grading, terminals, logins, learner, pool, sessions, stranger };
}
