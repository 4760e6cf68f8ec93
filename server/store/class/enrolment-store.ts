import type { DatabaseSync } from 'node:sqlite';
import { nameKey } from '#contract/class-names.ts';
import { CohortId, LearnerId } from '#contract/ids.ts';
import type {
  Enrolment,
  EnrolmentOnRoster,
  EnrolmentStore,
  NewEnrolment,
} from '../../domain/class/class-stores.ts';
import { tokenHash } from '../token-hash.ts';
import { together } from '../transaction.ts';
import { eraseLearner, moveWork } from './learner-data.ts';

type Row = Record<string, unknown>;

const ENROLMENTS = `SELECT learner_id, learner.name, cohort_id, enrolment.created_at_ms, joined_at_ms
  FROM enrolment JOIN learner ON learner.id = learner_id WHERE removed_at_ms IS NULL`;

export class SqliteEnrolmentStore implements EnrolmentStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  together<T>(work: () => T): T {
    return together(this.#database, work);
  }

  seatsTaken(cohortId: CohortId): number {
    const row = this.#database
      .prepare('SELECT count(*) AS n FROM enrolment WHERE cohort_id = ? AND removed_at_ms IS NULL')
      .get(cohortId) as { n: number };
    return row.n;
  }

  nameKeys(cohortId: CohortId): ReadonlySet<string> {
    const rows = this.#database
      .prepare('SELECT name_key FROM enrolment WHERE cohort_id = ? AND removed_at_ms IS NULL')
      .all(cohortId);
    return new Set(rows.map((row) => String(row.name_key)));
  }

  add({ id, name, cohortId, createdAtMs, joinedAtMs, returnCode }: NewEnrolment): void {
    this.together(() => {
      this.#database
        .prepare('INSERT INTO learner (id, name, created_at_ms) VALUES (?, ?, ?)')
        .run(id, name, createdAtMs);
      this.#database
        .prepare(
          `INSERT INTO enrolment (learner_id, cohort_id, name_key, return_code_hash, created_at_ms, joined_at_ms)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(id, cohortId, nameKey(name), tokenHash(returnCode), createdAtMs, joinedAtMs);
    });
  }

  get(learnerId: LearnerId): Enrolment | null {
    const row = this.#database.prepare(`${ENROLMENTS} AND learner_id = ?`).get(learnerId);
    return row === undefined ? null : enrolmentOf(row);
  }

  withReturnCode(returnCode: string): Enrolment | null {
    const row = this.#database
      .prepare('SELECT coalesce(merged_into, learner_id) AS id FROM enrolment WHERE return_code_hash = ?')
      .get(tokenHash(returnCode));
    return row === undefined ? null : this.get(LearnerId.parse(row.id));
  }

  roster(cohortId: CohortId): EnrolmentOnRoster[] {
    return this.#database
      .prepare(
        `SELECT enrolled.*,
           (SELECT max(last_seen_at_ms) FROM login_session WHERE learner_id = enrolled.learner_id) AS last_seen_at_ms,
           (SELECT count(*) FROM login_session WHERE learner_id = enrolled.learner_id) AS devices,
           (SELECT count(DISTINCT exercise_id) FROM attempt
            WHERE learner_id = enrolled.learner_id AND passed = 1) AS passed
         FROM (${ENROLMENTS} AND cohort_id = ?) AS enrolled ORDER BY name`,
      )
      .all(cohortId)
      .map((row) => ({
        ...enrolmentOf(row),
        lastSeenAtMs: row.last_seen_at_ms as number | null,
        devices: Number(row.devices),
        passed: Number(row.passed),
      }));
  }

  everybody(cohortId: CohortId): LearnerId[] {
    return this.#database
      .prepare('SELECT learner_id FROM enrolment WHERE cohort_id = ?')
      .all(cohortId)
      .map((row) => LearnerId.parse(row.learner_id));
  }

  setReturnCode(learnerId: LearnerId, returnCode: string): void {
    this.#database
      .prepare('UPDATE enrolment SET return_code_hash = ? WHERE learner_id = ?')
      .run(tokenHash(returnCode), learnerId);
  }

  setJoined(learnerId: LearnerId, nowMs: number): void {
    this.#database
      .prepare('UPDATE enrolment SET joined_at_ms = ? WHERE learner_id = ? AND joined_at_ms IS NULL')
      .run(nowMs, learnerId);
  }

  rename(learnerId: LearnerId, name: string): void {
    this.together(() => {
      this.#database.prepare('UPDATE learner SET name = ? WHERE id = ?').run(name, learnerId);
      this.#database
        .prepare('UPDATE enrolment SET name_key = ? WHERE learner_id = ?')
        .run(nameKey(name), learnerId);
    });
  }

  remove(learnerId: LearnerId, nowMs: number): void {
    this.together(() => {
      this.#database
        .prepare('UPDATE enrolment SET removed_at_ms = ? WHERE learner_id = ?')
        .run(nowMs, learnerId);
      this.#database
        .prepare('DELETE FROM raised_hand WHERE learner_id = ? AND answered_at_ms IS NULL')
        .run(learnerId);
    });
  }

  merge(kept: LearnerId, other: LearnerId, nowMs: number): void {
    this.together(() => {
      moveWork(this.#database, kept, other);
      // Also of those who were merged into them before: a code leads there in one step.
      this.#database
        .prepare(
          `UPDATE enrolment SET removed_at_ms = coalesce(removed_at_ms, ?1), merged_into = ?2
           WHERE learner_id = ?3 OR merged_into = ?3`,
        )
        .run(nowMs, kept, other);
    });
  }

  erase(learnerId: LearnerId): void {
    this.together(() => eraseLearner(this.#database, learnerId));
  }
}

function enrolmentOf(row: Row): Enrolment {
  return {
    id: LearnerId.parse(row.learner_id),
    name: String(row.name),
    cohortId: CohortId.parse(row.cohort_id),
    createdAtMs: Number(row.created_at_ms),
    joinedAtMs: row.joined_at_ms as number | null,
  };
}
