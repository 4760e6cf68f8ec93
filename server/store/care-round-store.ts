import type { DatabaseSync } from 'node:sqlite';
import type { CareRoundView } from '../domain/care-round.ts';
import type { CareRoundStore } from '../domain/care-rounds.ts';

export class SqliteCareRoundStore implements CareRoundStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  save(round: CareRoundView): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO care_round (scope, id, asked_at_ms, round_json) VALUES (?, ?, ?, ?)')
      .run(round.scope, round.id, round.askedAtMs, JSON.stringify(round));
  }

  remove(scope: string, id: string): void {
    this.#database.prepare('DELETE FROM care_round WHERE scope = ? AND id = ?').run(scope, id);
  }

  list(): CareRoundView[] {
    return this.#database
      .prepare('SELECT round_json FROM care_round ORDER BY asked_at_ms, rowid')
      .all()
      .map((row) => JSON.parse(String(row['round_json'])) as CareRoundView);
  }
}
