import type { DatabaseSync } from 'node:sqlite';
import type { AuditEvent, AuditStore } from '../domain/audit-trail.ts';

/** A class of thirty makes some hundred a day. */
const MAX_ROWS = 50_000;
const MAX_AGE_MS = 90 * 24 * 3_600_000;
const PRUNE_EVERY = 200;

export interface AuditRow extends AuditEvent {
  readonly atMs: number;
  readonly lastAtMs: number;
  readonly times: number;
}

export class SqliteAuditStore implements AuditStore {
  readonly #database: DatabaseSync;
  #added = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add({ event, outcome, actor, target, address, detail }: AuditEvent, atMs: number): number {
    if (this.#added++ % PRUNE_EVERY === 0) this.#prune(atMs);
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO audit_event (at_ms, last_at_ms, times, event, outcome, actor, target, address, detail)
         VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?)`,
      )
      .run(atMs, atMs, event, outcome, actor, target, address, detail);
    return Number(lastInsertRowid);
  }

  repeat(row: number, times: number, lastAtMs: number): void {
    this.#database
      .prepare('UPDATE audit_event SET times = times + ?, last_at_ms = ? WHERE id = ?')
      .run(times, lastAtMs, row);
  }

  /** Oldest of the newest first. */
  newest(count: number): AuditRow[] {
    const rows = this.#database
      .prepare(
        `SELECT at_ms AS atMs, last_at_ms AS lastAtMs, times, event, outcome, actor, target, address, detail
         FROM audit_event ORDER BY id DESC LIMIT ?`,
      )
      .all(count);
    return (rows as unknown as AuditRow[]).reverse();
  }

  /** What was done in a cohort, newest first: its targets begin with the cohort's id. */
  about(cohortId: string, count: number): AuditRow[] {
    const rows = this.#database
      .prepare(
        `SELECT at_ms AS atMs, last_at_ms AS lastAtMs, times, event, outcome, actor, target, address, detail
         FROM audit_event WHERE target = ?1 OR target GLOB ?1 || '/*' ORDER BY id DESC LIMIT ?2`,
      )
      .all(cohortId, count);
    return rows as unknown as AuditRow[];
  }

  #prune(nowMs: number): void {
    this.#database
      .prepare('DELETE FROM audit_event WHERE at_ms < ? OR id <= (SELECT max(id) FROM audit_event) - ?')
      .run(nowMs - MAX_AGE_MS, MAX_ROWS);
  }
}
