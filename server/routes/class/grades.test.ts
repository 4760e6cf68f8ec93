import papa from 'papaparse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ATTEMPTS_PER_PAGE, Attempts, Grades, LEARNERS_PER_PAGE } from '#contract/class-grades.ts';
import { LabSessionId, LearnerId } from '#contract/ids.ts';
import { randomId, randomToken } from '../../random-id.ts';
import { SqliteProgressStore } from '../../store/progress-store.ts';
import { enrol, webFixture } from '../../testing/web-fixture.ts';

let web: Awaited<ReturnType<typeof webFixture>>;
let cookie: string;
let progress: SqliteProgressStore;
beforeEach(async () => {
  web = await webFixture({ mode: 'class' });
  const token = randomToken();
  web.logins.addInstructorSession(token, cohort().instructor.id, web.time.nowMs);
  cookie = web.cookie.replace(/=.*/, `=${token}`);
  progress = new SqliteProgressStore(web.database);
});
afterEach(() => web.app.close());

const cohort = () => web.joined ?? expect.unreachable();
const ask = (path: string) =>
  web.anybody({ url: `/api/cohorts/${cohort().cohort.id}/grades${path}`, headers: { cookie } });
const labSessionId = LabSessionId.parse('l'.repeat(16));

function newLearner(name: string): LearnerId {
  const id = LearnerId.parse(randomId(16));
  web.database.prepare('INSERT INTO learner VALUES (?, ?, 0)').run(id, name);
  enrol(web.database, id, cohort().cohort.id, web.time.nowMs);
  return id;
}

function attempt(learnerId: LearnerId, exerciseId: string, passed: boolean, revision = 1): void {
  web.time.nowMs += 1_000;
  const verdict = { exercise: exerciseId, passed, checks: [] };
  progress.record({
    ...{ learnerId, exerciseId, exerciseRevision: revision, labSessionId, trigger: 'button' },
    ...{ verdict: verdict as never, atMs: web.time.nowMs },
  });
}

/** A class with everything that can happen to a learner. */
function classWork(): { kim: LearnerId; gone: LearnerId } {
  const [kim, gone, twin] = [newLearner('=김'), newLearner('Gone'), newLearner('Twin')];
  attempt(kim, '14.1-deploy', false, 1);
  attempt(kim, '14.1-deploy', true, 2);
  attempt(kim, '14.1-deploy', true, 3);
  attempt(kim, '13.9-retired', true, 7);
  progress.showHints(kim, '14.5-quorum', 2);
  progress.showSolution(kim, '14.5-quorum', web.time.nowMs);
  attempt(twin, '14.5-quorum', true);
  attempt(gone, '14.1-deploy', false);
  web.enrolments.remove(gone, web.time.nowMs);
  web.enrolments.merge(kim, twin, web.time.nowMs);
  for (let index = 0; index < LEARNERS_PER_PAGE; index++) newLearner(`Seat ${index}`);
  return { kim, gone };
}

async function csv(path: string): Promise<Record<string, string>[]> {
  const answer = await ask(path);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.body.startsWith('\ufeff')).toBe(true);
  expect(answer.body.slice(1)).not.toContain('\ufeff');
  return papa.parse<Record<string, string>>(answer.body.slice(1), { header: true, skipEmptyLines: true })
    .data;
}

test('progress as CSV agrees with the database, line by line', async () => {
  classWork();
  const iso = (atMs: unknown) =>
    atMs === null ? '' : new Date(Number(atMs)).toISOString().replace(/\.\d+Z/, '+00:00');
  // Counted anew from the tables, by another way than the export's.
  const one = (sql: string, ...ids: string[]) =>
    Object.values(web.database.prepare(sql).get(...ids) ?? {})[0] ?? null;
  const learners = web.database
    .prepare('SELECT learner_id AS id FROM enrolment WHERE merged_into IS NULL ORDER BY learner_id')
    .all();
  const expected = learners.flatMap(({ id }) =>
    ['14.1-deploy', '14.5-quorum', '13.9-retired'].flatMap((exercise) => {
      const of = (what: string, rest = '') =>
        one(
          `SELECT ${what} FROM attempt WHERE learner_id = ? AND exercise_id = ? ${rest}`,
          String(id),
          exercise,
        );
      const help = (what: string) =>
        one(`SELECT ${what} FROM help_shown WHERE learner_id = ? AND exercise_id = ?`, String(id), exercise);
      const attempts = Number(of('count(*)'));
      if (exercise === '13.9-retired' && attempts === 0) return [];
      const metRevision = of('exercise_revision', 'AND passed = 1 ORDER BY at_ms LIMIT 1');
      return [
        [
          ...[id, exercise, String(attempts), iso(of('min(at_ms)')), iso(of('max(at_ms)'))],
          ...[iso(of('min(at_ms)', 'AND passed = 1')), String(metRevision ?? ''), String(help('hints') ?? 0)],
          iso(help('solution_at_ms')),
        ],
      ];
    }),
  );
  const rows = await csv('/progress.csv?lang=en');
  const columns = ['Learner ID', 'Exercise', 'Attempts', 'First attempt', 'Last attempt', 'First passed at'];
  columns.push('Passed revision', 'Hints shown', 'Solution shown at');
  expect(rows.map((row) => columns.map((column) => row[column]))).toEqual(expected);
  expect(rows).toHaveLength((LEARNERS_PER_PAGE + 3) * 2 + 1);
});

test('attempts as CSV agree with the database, line by line, also over several pages', async () => {
  const { kim } = classWork();
  for (let count = 0; count < ATTEMPTS_PER_PAGE + 3; count++) attempt(kim, '14.5-quorum', count % 2 === 0);
  const stored = web.database
    .prepare('SELECT id, learner_id, exercise_id, exercise_revision, passed FROM attempt ORDER BY id')
    .all();
  const rows = await csv('/attempts.csv?lang=en');
  const columns = ['Number', 'Learner ID', 'Exercise', 'Exercise revision', 'Passed'];
  expect(rows.map((row) => columns.map((column) => row[column]))).toEqual(
    stored.map((row) => Object.values(row).map(String)),
  );
});

test('a merged learner counts as one, a removed one is marked, a formula is defused', async () => {
  const { kim, gone } = classWork();
  const rows = await csv('/progress.csv?lang=ko');
  const of = (id: string, exercise: string) =>
    rows.find((row) => row['학습자 ID'] === id && row.실습 === exercise);
  expect(rows.some(({ 이름 }) => 이름 === 'Twin')).toBe(false);
  expect(of(kim, '14.5-quorum')).toMatchObject({ 이름: "'=김", '시도 횟수': '1', '본 힌트': '2' });
  expect(of(kim, '14.1-deploy')).toMatchObject({ '명단에서 뺀 시각': '', '통과한 판': '2', '실습 판': '2' });
  expect(of(gone, '14.1-deploy')?.['명단에서 뺀 시각']).toMatch(/^\d{4}-.*\+00:00$/);
});

test('times stand in the zone that is asked for, with its offset; another than the known is refused', async () => {
  classWork();
  const [first] = await csv('/attempts.csv?lang=en&zone=Asia/Seoul');
  const [same] = await csv('/attempts.csv?lang=en');
  expect(first?.At).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/);
  expect(Date.parse(first?.At ?? '')).toBe(Date.parse(same?.At ?? ''));
  const refused = await ask('/attempts.csv?lang=en&zone=Mars/Base');
  expect(refused.json()).toMatchObject({ code: 'TIME_ZONE_UNKNOWN', status: 422 });
});

test('JSON says the same, page by page', async () => {
  const { kim } = classWork();
  const first = Grades.parse((await ask('')).json());
  expect(first.learners).toHaveLength(LEARNERS_PER_PAGE);
  const second = Grades.parse((await ask(`?after=${first.next}`)).json());
  expect(second.next).toBeNull();
  const all = [...first.learners, ...second.learners];
  expect(new Set(all.map(({ id }) => id)).size).toBe(LEARNERS_PER_PAGE + 3);
  const deploy = all.find(({ id }) => id === kim)?.exercises[0];
  expect(deploy).toMatchObject({ exercise: '14.1-deploy', attempts: 3, metRevision: 2, solutionAtMs: null });
  const attempts = Attempts.parse((await ask('/attempts')).json());
  expect(attempts.attempts).toHaveLength(6);
  expect(attempts.next).toBeNull();
});
