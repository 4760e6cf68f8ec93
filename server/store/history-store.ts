import type { DatabaseSync } from 'node:sqlite';
import type { LabSessionId } from '#contract/ids.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { HistoryStore } from '../domain/stores.ts';

/** A lab that is played with for days must not fill the disk: older entries of a generation go first. */
const ENTRIES_PER_GENERATION = 10_000;

export class SqliteHistoryStore implements HistoryStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  append(labSessionId: LabSessionId, generation: number, entries: readonly HistoryEntry[]): void {
    const last = entries.at(-1);
    if (last === undefined) return;
    const insert = this.#database.prepare(
      'INSERT OR IGNORE INTO history_entry (lab_session_id, generation, seq, entry_json) VALUES (?, ?, ?, ?)',
    );
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const entry of entries) insert.run(labSessionId, generation, entry.seq, JSON.stringify(entry));
      this.#database
        .prepare('DELETE FROM history_entry WHERE lab_session_id = ? AND generation = ? AND seq <= ?')
        .run(labSessionId, generation, last.seq - ENTRIES_PER_GENERATION);
      this.#database.exec('COMMIT');
    } catch (failure) {
      this.#database.exec('ROLLBACK');
      throw failure;
    }
  }

  load(labSessionId: LabSessionId, generation: number): HistoryEntry[] {
    return this.#database
      .prepare(
        'SELECT entry_json FROM history_entry WHERE lab_session_id = ? AND generation = ? ORDER BY seq',
      )
      .all(labSessionId, generation)
      .map((row) => JSON.parse(String(row.entry_json)) as HistoryEntry);
  }

  page(labSessionId: LabSessionId, generation: number, after: number, limit: number): HistoryEntry[] {
    return this.#database
      .prepare(
        `SELECT entry_json FROM history_entry WHERE lab_session_id = ? AND generation = ? AND seq > ?
         ORDER BY seq LIMIT ?`,
      )
      .all(labSessionId, generation, after, limit)
      .map((row) => JSON.parse(String(row.entry_json)) as HistoryEntry);
  }

  lastSeq(labSessionId: LabSessionId, generation: number): number {
    const row = this.#database
      .prepare('SELECT max(seq) AS seq FROM history_entry WHERE lab_session_id = ? AND generation = ?')
      .get(labSessionId, generation) as { seq: number | null };
    return row.seq ?? 0;
  }

  forgetBefore(labSessionId: LabSessionId, generation: number): void {
    this.#database
      .prepare('DELETE FROM history_entry WHERE lab_session_id = ? AND generation < ?')
      .run(labSessionId, generation);
  }
}
