import type { DatabaseSync } from 'node:sqlite';
import type { LabSessionId } from '#contract/ids.ts';
import type { Trial } from '../../domain/class/live/trial.ts';
import type { TrialStore } from '../../domain/class/live/watched-sessions.ts';

export class SqliteTrialStore implements TrialStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  load(labSessionId: LabSessionId): Trial | null {
    const row = this.#database
      .prepare('SELECT trial_json FROM exercise_trial WHERE lab_session_id = ?')
      .get(labSessionId) as { trial_json: string } | undefined;
    return row === undefined ? null : (JSON.parse(row.trial_json) as Trial);
  }

  save(labSessionId: LabSessionId, trial: Trial): void {
    this.#database
      .prepare(
        `INSERT INTO exercise_trial (lab_session_id, trial_json) VALUES (?, ?)
         ON CONFLICT DO UPDATE SET trial_json = excluded.trial_json`,
      )
      .run(labSessionId, JSON.stringify(trial));
  }

  forget(labSessionId: LabSessionId): void {
    this.#database.prepare('DELETE FROM exercise_trial WHERE lab_session_id = ?').run(labSessionId);
  }
}
