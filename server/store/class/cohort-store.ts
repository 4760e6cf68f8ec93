import type { DatabaseSync } from 'node:sqlite';
import { CohortPolicies, DEFAULT_POLICIES } from '#contract/class-api.ts';
import { CohortId, InstructorId } from '#contract/ids.ts';
import type { Cohort, CohortStore } from '../../domain/class/class-stores.ts';
import type { Instructor } from '../../domain/stores.ts';
import { together } from '../transaction.ts';

type Row = Record<string, unknown>;

export class SqliteCohortStore implements CohortStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  count(): number {
    return (this.#database.prepare('SELECT count(*) AS n FROM cohort').get() as { n: number }).n;
  }

  add(cohort: Cohort, instructorId: InstructorId): void {
    together(this.#database, () => {
      this.#database
        .prepare(
          `INSERT INTO cohort (id, name, join_code, joining_paused, opens_at_ms, closes_at_ms, seats, policies_json,
             created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(cohort.id, ...changeable(cohort), cohort.createdAtMs);
      this.addInstructor(cohort.id, instructorId, cohort.createdAtMs);
    });
  }

  save(cohort: Cohort): void {
    this.#database
      .prepare(
        `UPDATE cohort SET name = ?, join_code = ?, joining_paused = ?, opens_at_ms = ?, closes_at_ms = ?, seats = ?,
           policies_json = ? WHERE id = ?`,
      )
      .run(...changeable(cohort), cohort.id);
  }

  get(id: CohortId): Cohort | null {
    const row = this.#database.prepare('SELECT * FROM cohort WHERE id = ?').get(id);
    return row === undefined ? null : cohortOf(row);
  }

  withJoinCode(joinCode: string): Cohort | null {
    const row = this.#database.prepare('SELECT * FROM cohort WHERE join_code = ?').get(joinCode);
    return row === undefined ? null : cohortOf(row);
  }

  ledBy(instructorId: InstructorId): Cohort[] {
    return this.#database
      .prepare(
        `SELECT cohort.* FROM cohort JOIN cohort_instructor ON cohort_id = cohort.id
         WHERE instructor_id = ? ORDER BY created_at_ms DESC`,
      )
      .all(instructorId)
      .map(cohortOf);
  }

  isLedBy(id: CohortId, instructorId: InstructorId): boolean {
    const row = this.#database
      .prepare('SELECT 1 FROM cohort_instructor WHERE cohort_id = ? AND instructor_id = ?')
      .get(id, instructorId);
    return row !== undefined;
  }

  instructors(id: CohortId): Instructor[] {
    return this.#database
      .prepare(
        `SELECT id, name FROM cohort_instructor JOIN instructor ON id = instructor_id
         WHERE cohort_id = ? ORDER BY since_ms, name`,
      )
      .all(id)
      .map((row) => ({ id: InstructorId.parse(row.id), name: String(row.name) }));
  }

  addInstructor(id: CohortId, instructorId: InstructorId, nowMs: number): void {
    this.#database
      .prepare(
        'INSERT OR IGNORE INTO cohort_instructor (cohort_id, instructor_id, since_ms) VALUES (?, ?, ?)',
      )
      .run(id, instructorId, nowMs);
  }

  removeInstructor(id: CohortId, instructorId: InstructorId): void {
    this.#database
      .prepare('DELETE FROM cohort_instructor WHERE cohort_id = ? AND instructor_id = ?')
      .run(id, instructorId);
  }

  remove(id: CohortId): void {
    this.#database.prepare('DELETE FROM cohort WHERE id = ?').run(id);
  }
}

function changeable(cohort: Cohort) {
  const { name, joinCode, joiningPaused, opensAtMs, closesAtMs, seats, policies } = cohort;
  return [
    name,
    joinCode,
    joiningPaused ? 1 : 0,
    opensAtMs,
    closesAtMs,
    seats,
    JSON.stringify(policies),
  ] as const;
}

function cohortOf(row: Row): Cohort {
  return {
    id: CohortId.parse(row.id),
    name: String(row.name),
    joinCode: String(row.join_code),
    joiningPaused: row.joining_paused === 1,
    opensAtMs: row.opens_at_ms as number | null,
    closesAtMs: row.closes_at_ms as number | null,
    seats: Number(row.seats),
    // A policy that an earlier version did not know has its default.
    policies: CohortPolicies.parse({ ...DEFAULT_POLICIES, ...JSON.parse(String(row.policies_json)) }),
    createdAtMs: Number(row.created_at_ms),
  };
}
