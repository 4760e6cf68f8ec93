import type { DatabaseSync } from 'node:sqlite';
import type { LearnerId } from '#contract/ids.ts';
import type { LearnerRecords } from '../../domain/class/class-stores.ts';
import { labsTables, learnersTables } from './learner-data.ts';

/** Secrets that nobody needs, and ids of rows. */
const LEFT_OUT = new Set(['return_code_hash', 'token_hash', 'name_key']);
const LEARNERS_EYES_ONLY = new Set(['audit_event', 'login_session', 'launch_token']);
const OF_LABS = 'lab_session_id IN (SELECT id FROM lab_session WHERE learner_id = ?)';
const OF_MESSAGES = 'id IN (SELECT message_id FROM class_message_to WHERE learner_id = ?)';

/** All that is stored of one learner, for the learner to take away. */
export class SqliteLearnerRecords implements LearnerRecords {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  of(learnerId: LearnerId, reader: 'learner' | 'instructor'): Readonly<Record<string, readonly object[]>> {
    const database = this.#database;
    const own: [table: string, condition: string][] = [
      ['learner', 'id = ?'],
      ...learnersTables(database).map((table): [string, string] => [table, 'learner_id = ?']),
      ...labsTables(database).map((table): [string, string] => [table, OF_LABS]),
      ['class_message', OF_MESSAGES],
      ['audit_event', 'actor = ?'],
    ];
    return Object.fromEntries(
      own
        .filter(([table]) => reader === 'learner' || !LEARNERS_EYES_ONLY.has(table))
        .map(([table, condition]) => [table, this.#rows(table, condition, learnerId)]),
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
