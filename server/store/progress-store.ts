import type { DatabaseSync } from 'node:sqlite';
import type { ExerciseProgress } from '#contract/api.ts';
import { LabSessionId, type LearnerId } from '#contract/ids.ts';
import type { Attempt, ProgressStore, RecordedAttempt } from '../domain/stores.ts';

export class SqliteProgressStore implements ProgressStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  record(attempt: Attempt): void {
    this.#database
      .prepare(
        `INSERT INTO attempt (learner_id, exercise_id, exercise_revision, lab_session_id, trigger, passed, verdict_json, at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        attempt.learnerId,
        attempt.exerciseId,
        attempt.exerciseRevision,
        attempt.labSessionId,
        attempt.trigger,
        attempt.verdict.passed ? 1 : 0,
        JSON.stringify(attempt.verdict),
        attempt.atMs,
      );
  }

  attemptsOf(learnerId: LearnerId, limit: number): RecordedAttempt[] {
    return this.#database
      .prepare('SELECT * FROM attempt WHERE learner_id = ? ORDER BY at_ms DESC, id DESC LIMIT ?')
      .all(learnerId, limit)
      .map((row) => ({
        id: Number(row.id),
        learnerId,
        exerciseId: String(row.exercise_id),
        exerciseRevision: Number(row.exercise_revision),
        labSessionId: LabSessionId.parse(row.lab_session_id),
        trigger: String(row.trigger) as Attempt['trigger'],
        verdict: JSON.parse(String(row.verdict_json)) as Attempt['verdict'],
        atMs: Number(row.at_ms),
      }));
  }

  completedAtMs(learnerId: LearnerId, exerciseId: string): number | null {
    const row = this.#database
      .prepare(
        'SELECT min(at_ms) AS at_ms FROM attempt WHERE learner_id = ? AND exercise_id = ? AND passed = 1',
      )
      .get(learnerId, exerciseId) as { at_ms: number | null };
    return row.at_ms;
  }

  progress(learnerId: LearnerId): Map<string, ExerciseProgress> {
    const progress = new Map<string, ExerciseProgress>();
    const attempts = this.#database
      .prepare(
        `SELECT exercise_id, count(*) AS attempts, min(CASE passed WHEN 1 THEN at_ms END) AS completed_at_ms
         FROM attempt WHERE learner_id = ? GROUP BY exercise_id`,
      )
      .all(learnerId);
    for (const row of attempts) {
      progress.set(String(row.exercise_id), {
        completedAtMs: row.completed_at_ms === null ? null : Number(row.completed_at_ms),
        attempts: Number(row.attempts),
        hintsShown: 0,
        solutionShown: false,
      });
    }
    const help = this.#database.prepare(
      'SELECT exercise_id, hints, solution_at_ms FROM help_shown WHERE learner_id = ?',
    );
    for (const row of help.all(learnerId)) {
      const before = progress.get(String(row.exercise_id)) ?? { completedAtMs: null, attempts: 0 };
      progress.set(String(row.exercise_id), {
        ...before,
        hintsShown: Number(row.hints),
        solutionShown: row.solution_at_ms !== null,
      });
    }
    return progress;
  }

  showHints(learnerId: LearnerId, exerciseId: string, count: number): void {
    this.#database
      .prepare(
        `INSERT INTO help_shown (learner_id, exercise_id, hints) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET hints = max(hints, excluded.hints)`,
      )
      .run(learnerId, exerciseId, count);
  }

  hintsShown(learnerId: LearnerId, exerciseId: string): number {
    const row = this.#database
      .prepare('SELECT hints FROM help_shown WHERE learner_id = ? AND exercise_id = ?')
      .get(learnerId, exerciseId) as { hints: number } | undefined;
    return row?.hints ?? 0;
  }

  showSolution(learnerId: LearnerId, exerciseId: string, nowMs: number): void {
    this.#database
      .prepare(
        `INSERT INTO help_shown (learner_id, exercise_id, solution_at_ms) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET solution_at_ms = coalesce(solution_at_ms, excluded.solution_at_ms)`,
      )
      .run(learnerId, exerciseId, nowMs);
  }
}
