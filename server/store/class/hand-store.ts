import type { DatabaseSync } from 'node:sqlite';
import { type CohortId, InstructorId, LearnerId } from '#contract/ids.ts';
import type { ClosedHand, HandStore, OpenHand } from '../../domain/class/help/help-stores.ts';

type Row = Record<string, unknown>;

const HANDS = `SELECT hand.learner_id, learner.name, hand.exercise_id, hand.words, hand.since_ms, hand.taken_by,
    hand.taken_at_ms, hand.answered_at_ms, instructor.name AS instructor_name
  FROM raised_hand AS hand JOIN learner ON learner.id = hand.learner_id
    JOIN enrolment ON enrolment.learner_id = hand.learner_id AND enrolment.removed_at_ms IS NULL`;

export class SqliteHandStore implements HandStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  open(cohortId: CohortId): OpenHand[] {
    return this.#database
      .prepare(
        `${HANDS} LEFT JOIN instructor ON instructor.id = hand.taken_by
         WHERE enrolment.cohort_id = ? AND hand.answered_at_ms IS NULL ORDER BY hand.id`,
      )
      .all(cohortId)
      .map((row) => ({
        ...raised(row),
        takenBy:
          row['taken_by'] === null
            ? null
            : {
                id: InstructorId.parse(row['taken_by']),
                name: String(row['instructor_name']),
                atMs: Number(row['taken_at_ms']),
              },
      }));
  }

  answered(cohortId: CohortId, count: number): ClosedHand[] {
    return this.#database
      .prepare(
        `${HANDS} LEFT JOIN instructor ON instructor.id = hand.answered_by
         WHERE enrolment.cohort_id = ? AND hand.answered_at_ms IS NOT NULL
         ORDER BY hand.answered_at_ms DESC, hand.id DESC LIMIT ?`,
      )
      .all(cohortId, count)
      .map((row) => ({
        ...raised(row),
        by: row['instructor_name'] === null ? null : String(row['instructor_name']),
        atMs: Number(row['answered_at_ms']),
      }));
  }

  raise(learnerId: LearnerId, { exercise, words, nowMs }: Parameters<HandStore['raise']>[1]): void {
    this.#database
      .prepare(
        `INSERT INTO raised_hand (learner_id, exercise_id, words, since_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT (learner_id) WHERE answered_at_ms IS NULL
           DO UPDATE SET exercise_id = excluded.exercise_id, words = excluded.words`,
      )
      .run(learnerId, exercise, words, nowMs);
  }

  take(learnerId: LearnerId, by: InstructorId | null, nowMs: number): void {
    this.#database
      .prepare(
        'UPDATE raised_hand SET taken_by = ?, taken_at_ms = ? WHERE learner_id = ? AND answered_at_ms IS NULL',
      )
      .run(by, by === null ? null : nowMs, learnerId);
  }

  close(learnerId: LearnerId, by: InstructorId | null, nowMs: number): void {
    this.#database
      .prepare(
        `UPDATE raised_hand SET answered_by = ?, answered_at_ms = ?
         WHERE learner_id = ? AND answered_at_ms IS NULL`,
      )
      .run(by, nowMs, learnerId);
  }

  prune(beforeMs: number): void {
    this.#database.prepare('DELETE FROM raised_hand WHERE answered_at_ms < ?').run(beforeMs);
  }
}

function raised(row: Row): Omit<OpenHand, 'takenBy'> {
  return {
    learner: LearnerId.parse(row['learner_id']),
    name: String(row['name']),
    exercise: row['exercise_id'] === null ? null : String(row['exercise_id']),
    words: String(row['words']),
    sinceMs: Number(row['since_ms']),
  };
}
