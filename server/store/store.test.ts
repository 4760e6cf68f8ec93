import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LabSessionId, LearnerId } from '#contract/ids.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import { randomToken } from '../random-id.ts';
import { SqliteHistoryStore } from './history-store.ts';
import { SqliteLabSessionStore } from './lab-session-store.ts';
import { SqliteLoginStore } from './login-store.ts';
import { openStore, StoreError } from './open.ts';
import { SqliteProgressStore } from './progress-store.ts';
import { SqliteRolloutStore } from './rollout-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollout-lab-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function storeWithSession() {
  const database = openStore(':memory:');
  const learner = new SqliteLoginStore(database).soleLearner(1);
  const labSessionId = LabSessionId.parse('sessionsessions1');
  new SqliteLabSessionStore(database).save(
    {
      id: labSessionId,
      learnerId: learner.id,
      labId: 'numbers',
      environmentId: 'abc',
      generation: 1,
      state: 'ready',
      activeExerciseId: '14.1-deploy',
      conditions: { node2: 'off', node3: 'frozen' },
      why: null,
      keepUntilMs: null,
      createdAtMs: 1,
    },
    1,
  );
  return { database, learner, labSessionId };
}

test('an open session comes back with what was done to its nodes', () => {
  const { database, labSessionId } = storeWithSession();
  const [stored] = new SqliteLabSessionStore(database).listOpen();
  expect(stored).toMatchObject({
    id: labSessionId,
    conditions: { node2: 'off', node3: 'frozen' },
    activeExerciseId: '14.1-deploy',
  });
});

test('nodes that were off before there were other conditions are off still', () => {
  const { database } = storeWithSession();
  database.exec(`
    ALTER TABLE lab_session RENAME COLUMN node_conditions_json TO powered_off_json;
    UPDATE lab_session SET powered_off_json = '["node2","node3"]';`);
  const sql = readFileSync(join(import.meta.dirname, 'migrations/006-node-conditions.sql'), 'utf8');
  database.exec(sql);
  const listed = () => new SqliteLabSessionStore(database).listOpen().map(({ conditions }) => conditions);
  expect(listed()).toEqual([{ node2: 'off', node3: 'off' }]);
});

test('a damaged database ends with what to do, and is left as it is', () => {
  const file = join(folder, 'damaged.db');
  writeFileSync(file, 'this is not a database, but it is long enough to be read as one'.repeat(20));
  expect(() => openStore(file)).toThrow(StoreError);
  expect(() => openStore(file)).toThrow(/Put back a copy of it, or move it away/);
});

test('opening twice migrates once and keeps the data', () => {
  const file = join(folder, 'kept.db');
  const first = openStore(file);
  const { id } = new SqliteLoginStore(first).soleLearner(5);
  first.close();
  const second = openStore(file);
  expect(new SqliteLoginStore(second).soleLearner(9).id).toBe(id);
  second.close();
});

test('a launch link signs in once', () => {
  const { database, learner } = storeWithSession();
  const logins = new SqliteLoginStore(database);
  const token = randomToken();
  logins.addLaunchToken(token, learner.id, 100);
  expect(logins.useLaunchToken(token, 50)?.id).toBe(learner.id);
  expect(logins.useLaunchToken(token, 51)).toBeNull();
  const late = randomToken();
  logins.addLaunchToken(late, learner.id, 100);
  expect(logins.useLaunchToken(late, 101)).toBeNull();
});

test('a login session ends after a week without a visit', () => {
  const { database, learner } = storeWithSession();
  const logins = new SqliteLoginStore(database);
  logins.addLoginSession('cookie', learner.id, 0);
  const day = 24 * 3_600_000;
  expect(logins.findLoginSession('cookie', 6 * day)?.learner?.id).toBe(learner.id);
  expect(logins.findLoginSession('cookie', 12 * day)?.learner?.id).toBe(learner.id);
  expect(logins.findLoginSession('cookie', 20 * day)).toBeNull();
});

test('history comes back in order, once, and earlier generations can be forgotten', () => {
  const { database, labSessionId } = storeWithSession();
  const history = new SqliteHistoryStore(database);
  const entry = (seq: number): HistoryEntry => ({ seq, atMs: seq, type: 'node-removed', node: 'node2' });
  history.append(labSessionId, 1, [entry(1), entry(2)]);
  history.append(labSessionId, 1, [entry(2), entry(3)]);
  history.append(labSessionId, 2, [entry(1)]);
  expect(history.load(labSessionId, 1).map((one) => one.seq)).toEqual([1, 2, 3]);
  history.forgetBefore(labSessionId, 2);
  expect(history.load(labSessionId, 1)).toEqual([]);
  expect(history.load(labSessionId, 2)).toHaveLength(1);
});

test('history is given out in pages', () => {
  const { database, labSessionId } = storeWithSession();
  const history = new SqliteHistoryStore(database);
  const entry = (seq: number): HistoryEntry => ({ seq, atMs: seq, type: 'node-removed', node: 'node2' });
  expect(history.lastSeq(labSessionId, 1)).toBe(0);
  history.append(labSessionId, 1, [3, 4, 5, 6].map(entry));
  expect(history.page(labSessionId, 1, 0, 2).map(({ seq }) => seq)).toEqual([3, 4]);
  expect(history.page(labSessionId, 1, 4, 9).map(({ seq }) => seq)).toEqual([5, 6]);
  expect(history.page(labSessionId, 2, 0, 9)).toEqual([]);
  expect(history.lastSeq(labSessionId, 1)).toBe(6);
});

test('rollouts are kept once, the newest forty of each learner, and are nobody else’s', () => {
  const { database, learner, labSessionId } = storeWithSession();
  const rollouts = new SqliteRolloutStore(database);
  const stranger = LearnerId.parse('strangerstranger');
  const keep = (seq: number, entries: HistoryEntry[] = []) =>
    rollouts.keep(
      learner.id,
      {
        lab: 'numbers',
        exercise: '14.2-rollout',
        labSession: labSessionId,
        generation: 1,
        service: { id: 's', name: 'numbers_api' },
        seq,
        startedAtMs: seq,
        endedAtMs: seq + 1,
        outcome: 'completed',
        fromImage: null,
        toImage: 'api:v2',
        updateConfig: null,
        rollbackConfig: null,
      },
      entries,
    );
  for (let seq = 1; seq <= 50; seq++) keep(seq);
  keep(50, [{ seq: 50, atMs: 50, type: 'node-removed', node: 'node2' }]);
  const [newest, ...others] = rollouts.listOf(learner.id);
  expect(newest).toMatchObject({ seq: 50, toImage: 'api:v2' });
  expect(others).toHaveLength(39);
  expect(rollouts.find(learner.id, newest?.id ?? 0)?.entries).toEqual([]);
  expect(rollouts.find(stranger, newest?.id ?? 0)).toBeNull();
  expect(rollouts.listOf(stranger)).toEqual([]);
});

test('progress counts attempts and remembers the first pass, whatever comes later', () => {
  const { database, learner, labSessionId } = storeWithSession();
  const progress = new SqliteProgressStore(database);
  const attempt = (passed: boolean, atMs: number) =>
    progress.record({
      learnerId: learner.id,
      exerciseId: '14.1-deploy',
      exerciseRevision: 1,
      labSessionId,
      trigger: 'button',
      verdict: {
        exercise: '14.1-deploy',
        passed,
        completedAtMs: null,
        checks: [],
        evaluatedAtMs: atMs,
        generation: 1,
      },
      atMs,
    });
  attempt(false, 10);
  attempt(true, 20);
  attempt(false, 30);
  attempt(true, 40);
  progress.showHints(learner.id, '14.1-deploy', 2);
  progress.showHints(learner.id, '14.1-deploy', 1);
  progress.showSolution(learner.id, '14.1-health', 50);
  expect(progress.progress(learner.id).get('14.1-deploy')).toEqual({
    completedAtMs: 20,
    attempts: 4,
    hintsShown: 2,
    solutionShown: false,
  });
  expect(progress.progress(learner.id).get('14.1-health')).toMatchObject({
    attempts: 0,
    solutionShown: true,
  });
});
