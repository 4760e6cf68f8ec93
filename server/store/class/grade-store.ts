import type { DatabaseSync } from 'node:sqlite';
import { AttemptRecord, ExerciseGrade, type LearnerGrades } from '#contract/class-grades.ts';
import { type CohortId, LearnerId } from '#contract/ids.ts';
import type { GradeStore } from '../../domain/class/grades/grade-stores.ts';

/** Attempts of a learner by exercise, with the help that was used; parameters: the learner. */
const GRADES = `
  SELECT exercise_id AS exercise, coalesce(attempts, 0) AS attempts, first_at_ms AS firstAttemptAtMs,
    last_at_ms AS lastAttemptAtMs, met_at_ms AS metAtMs,
    (SELECT exercise_revision FROM attempt
     WHERE learner_id = ?1 AND exercise_id = tried.exercise_id AND passed = 1 ORDER BY at_ms, id LIMIT 1) AS metRevision,
    coalesce(hints, 0) AS hintsShown, solution_at_ms AS solutionAtMs
  FROM (SELECT exercise_id, count(*) AS attempts, min(at_ms) AS first_at_ms, max(at_ms) AS last_at_ms,
          min(CASE passed WHEN 1 THEN at_ms END) AS met_at_ms
        FROM attempt WHERE learner_id = ?1 GROUP BY exercise_id) AS tried
  FULL JOIN (SELECT exercise_id, hints, solution_at_ms FROM help_shown WHERE learner_id = ?1) AS helped
    USING (exercise_id)
  ORDER BY exercise_id`;

export class SqliteGradeStore implements GradeStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  learners(
    cohortId: CohortId,
    exercises: readonly string[],
    { after, count }: { readonly after: LearnerId | null; readonly count: number },
  ): LearnerGrades[] {
    return this.#database
      .prepare(
        `SELECT learner_id, name, removed_at_ms FROM enrolment JOIN learner ON learner.id = learner_id
         WHERE cohort_id = ? AND merged_into IS NULL AND learner_id > ? ORDER BY learner_id LIMIT ?`,
      )
      .all(cohortId, after ?? '', count)
      .map((row) => {
        const id = LearnerId.parse(row.learner_id);
        return {
          id,
          name: String(row.name),
          removedAtMs: row.removed_at_ms as number | null,
          exercises: this.#grades(id, exercises),
        };
      });
  }

  attempts(
    cohortId: CohortId,
    { after, count }: { readonly after: number; readonly count: number },
  ): AttemptRecord[] {
    return this.#database
      .prepare(
        `SELECT attempt.id, learner_id AS learner, name, removed_at_ms AS removedAtMs, exercise_id AS exercise,
           exercise_revision AS revision, trigger, passed, at_ms AS atMs
         FROM attempt JOIN enrolment USING (learner_id) JOIN learner ON learner.id = learner_id
         WHERE cohort_id = ? AND attempt.id > ? ORDER BY attempt.id LIMIT ?`,
      )
      .all(cohortId, after, count)
      .map((row) => AttemptRecord.parse({ ...row, passed: row.passed === 1 }));
  }

  #grades(learnerId: LearnerId, exercises: readonly string[]): ExerciseGrade[] {
    const known = new Map(
      this.#database
        .prepare(GRADES)
        .all(learnerId)
        .map((row) => [String(row.exercise), ExerciseGrade.parse({ ...row })]),
    );
    const names = [...exercises, ...[...known.keys()].filter((name) => !exercises.includes(name))];
    return names.map((exercise) => known.get(exercise) ?? { ...UNTOUCHED, exercise });
  }
}

const UNTOUCHED = {
  attempts: 0,
  firstAttemptAtMs: null,
  lastAttemptAtMs: null,
  metAtMs: null,
  metRevision: null,
  hintsShown: 0,
  solutionAtMs: null,
};
