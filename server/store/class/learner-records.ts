import type { DatabaseSync } from 'node:sqlite';
import type { LearnerId } from '#contract/ids.ts';
import type { LearnerRecords } from '../../domain/class/class-stores.ts';

/** Secrets that nobody needs, and ids of rows. */
const LEFT_OUT = new Set(['return_code_hash', 'token_hash', 'name_key']);
const OF_LABS = 'lab_session_id IN (SELECT id FROM lab_session WHERE learner_id = ?)';
/** Which rows of which table are a learner's own. */
const OWN: Readonly<Record<string, string>> = {
  learner: 'id = ?',
  enrolment: 'learner_id = ?',
  lab_session: 'learner_id = ?',
  exercise_start: OF_LABS,
  history_entry: OF_LABS,
  attempt: 'learner_id = ?',
  help_shown: 'learner_id = ?',
  login_session: 'learner_id = ?',
  audit_event: 'actor = ?',
};

/** All that is stored of one learner, for the learner to take away. */
export class SqliteLearnerRecords implements LearnerRecords {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  of(learnerId: LearnerId): Readonly<Record<string, readonly object[]>> {
    return Object.fromEntries(
      Object.entries(OWN).map(([table, condition]) => [table, this.#rows(table, condition, learnerId)]),
    );
  }

  #rows(table: string, condition: string, learnerId: LearnerId): object[] {
    return this.#database
      .prepare(`SELECT * FROM ${table} WHERE ${condition}`)
      .all(learnerId)
      .map((row) =>
        Object.fromEntries(
          Object.entries(row)
            .filter(([column]) => !LEFT_OUT.has(column))
            .map(([column, value]) => [column, readable(column, value)]),
        ),
      );
  }
}

function readable(column: string, value: unknown): unknown {
  if (column.endsWith('_json') && typeof value === 'string') return JSON.parse(value);
  return column.endsWith('_at_ms') && typeof value === 'number' ? new Date(value).toISOString() : value;
}
