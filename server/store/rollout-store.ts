import type { DatabaseSync } from 'node:sqlite';
import type { KeptRollout } from '#contract/api.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { RolloutStore } from '../domain/stores.ts';

/** Enough to look back on a chapter; older ones go. */
const KEPT_PER_LEARNER = 40;

export class SqliteRolloutStore implements RolloutStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  keep(
    learnerId: LearnerId,
    { labSession, generation, service, seq, startedAtMs, ...facts }: Omit<KeptRollout, 'id'>,
    entries: readonly HistoryEntry[],
  ): void {
    this.#database
      .prepare(
        `INSERT OR IGNORE INTO rollout
           (learner_id, lab_session_id, generation, service_id, seq, started_at_ms, rollout_json, entries_json)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        learnerId,
        labSession,
        generation,
        service.id,
        seq,
        startedAtMs,
        JSON.stringify({ ...facts, labSession, generation, service, seq, startedAtMs }),
        JSON.stringify(entries),
      );
    this.#database
      .prepare(
        `DELETE FROM rollout WHERE learner_id = ? AND id NOT IN
           (SELECT id FROM rollout WHERE learner_id = ? ORDER BY started_at_ms DESC, id DESC LIMIT ?)`,
      )
      .run(learnerId, learnerId, KEPT_PER_LEARNER);
  }

  listOf(learnerId: LearnerId): KeptRollout[] {
    return this.#database
      .prepare(
        'SELECT id, rollout_json FROM rollout WHERE learner_id = ? ORDER BY started_at_ms DESC, id DESC',
      )
      .all(learnerId)
      .map(rolloutFrom);
  }

  find(learnerId: LearnerId, id: number): { rollout: KeptRollout; entries: HistoryEntry[] } | null {
    const row = this.#database
      .prepare('SELECT id, rollout_json, entries_json FROM rollout WHERE learner_id = ? AND id = ?')
      .get(learnerId, id);
    if (row === undefined) return null;
    return { rollout: rolloutFrom(row), entries: JSON.parse(String(row.entries_json)) as HistoryEntry[] };
  }
}

function rolloutFrom(row: Record<string, unknown>): KeptRollout {
  return { id: Number(row['id']), ...(JSON.parse(String(row['rollout_json'])) as Omit<KeptRollout, 'id'>) };
}
