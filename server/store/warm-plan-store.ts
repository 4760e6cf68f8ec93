import type { DatabaseSync } from 'node:sqlite';
import type { WarmPlan, WarmPlanStore } from '../domain/warm-plans.ts';

export class SqliteWarmPlanStore implements WarmPlanStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  save({ id, scope, labId, count, atMs, untilMs, askedBy }: WarmPlan): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO warm_plan (id, scope, lab_id, count, at_ms, until_ms, asked_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, scope, labId, count, atMs, untilMs, askedBy);
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM warm_plan WHERE id = ?').run(id);
  }

  list(): WarmPlan[] {
    const rows = this.#database.prepare('SELECT * FROM warm_plan ORDER BY at_ms, id').all();
    return rows.map((row) => ({
      id: String(row.id),
      scope: String(row.scope),
      labId: String(row.lab_id),
      count: Number(row.count),
      atMs: Number(row.at_ms),
      untilMs: Number(row.until_ms),
      askedBy: String(row.asked_by),
    }));
  }
}
