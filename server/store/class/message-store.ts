import type { DatabaseSync } from 'node:sqlite';
import type { CohortId, LearnerId } from '#contract/ids.ts';
import type { MessageStore, StoredMessage } from '../../domain/class/help/help-stores.ts';
import { together } from '../transaction.ts';

type Row = Record<string, unknown>;
type Addressee = Parameters<MessageStore['unread']>[0];

/** Bound to: learner, cohort. */
const FOR_LEARNER = `FROM class_message AS message
  LEFT JOIN class_message_to AS own ON own.message_id = message.id AND own.learner_id = ?1
  WHERE message.cohort_id = ?2 AND (message.to_all = 1 OR own.learner_id IS NOT NULL)`;
const STILL_THERE = `EXISTS (SELECT 1 FROM enrolment
  WHERE enrolment.learner_id = addressee.learner_id AND enrolment.removed_at_ms IS NULL)`;

export class SqliteMessageStore implements MessageStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add(
    cohortId: CohortId,
    { id, by, text, atMs, untilMs }: StoredMessage,
    to: readonly LearnerId[] | null,
  ): void {
    together(this.#database, () => {
      this.#database
        .prepare(
          `INSERT INTO class_message (id, cohort_id, by_name, text, to_all, sent_at_ms, until_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(id, cohortId, by, text, to === null ? 1 : 0, atMs, untilMs);
      const insert = this.#database.prepare(
        'INSERT INTO class_message_to (message_id, learner_id) VALUES (?, ?)',
      );
      for (const learnerId of to ?? []) insert.run(id, learnerId);
    });
  }

  unread({ id, cohortId }: Addressee, nowMs: number, count: number): StoredMessage[] {
    return this.#database
      .prepare(
        `SELECT message.* ${FOR_LEARNER} AND own.read_at_ms IS NULL AND message.until_ms > ?3
         ORDER BY message.rowid DESC LIMIT ?4`,
      )
      .all(id, cohortId, nowMs, count)
      .map(messageOf)
      .reverse();
  }

  setRead({ id, cohortId }: Addressee, messageId: string, nowMs: number): boolean {
    const { changes } = this.#database
      .prepare(
        `INSERT INTO class_message_to (message_id, learner_id, read_at_ms)
           SELECT message.id, ?1, ?4 ${FOR_LEARNER} AND message.id = ?3
         ON CONFLICT DO UPDATE SET read_at_ms = coalesce(read_at_ms, excluded.read_at_ms)`,
      )
      .run(id, cohortId, messageId, nowMs);
    return changes > 0;
  }

  sent(cohortId: CohortId, nowMs: number, count: number): ReturnType<MessageStore['sent']> {
    const seats = this.#database
      .prepare('SELECT count(*) AS n FROM enrolment WHERE cohort_id = ? AND removed_at_ms IS NULL')
      .get(cohortId) as { n: number };
    const addressees = this.#database.prepare(
      `SELECT learner.name, addressee.read_at_ms FROM class_message_to AS addressee
         JOIN learner ON learner.id = addressee.learner_id
       WHERE addressee.message_id = ? AND ${STILL_THERE} ORDER BY learner.name`,
    );
    return this.#database
      .prepare('SELECT * FROM class_message WHERE cohort_id = ? AND until_ms > ? ORDER BY rowid DESC LIMIT ?')
      .all(cohortId, nowMs, count)
      .map((row) => {
        const people = addressees.all(String(row['id']));
        const isForAll = row['to_all'] === 1;
        return {
          ...messageOf(row),
          to: isForAll ? null : people.map(({ name }) => String(name)),
          readers: isForAll ? seats.n : people.length,
          readBy: people.filter((one) => one['read_at_ms'] !== null).length,
        };
      });
  }

  remove(cohortId: CohortId, messageId: string): boolean {
    const { changes } = this.#database
      .prepare('DELETE FROM class_message WHERE cohort_id = ? AND id = ?')
      .run(cohortId, messageId);
    return changes > 0;
  }

  keepNewest(cohortId: CohortId, count: number): void {
    this.#database
      .prepare(
        `DELETE FROM class_message WHERE cohort_id = ?1 AND id NOT IN
           (SELECT id FROM class_message WHERE cohort_id = ?1 ORDER BY rowid DESC LIMIT ?2)`,
      )
      .run(cohortId, count);
  }

  prune(nowMs: number): void {
    this.#database.prepare('DELETE FROM class_message WHERE until_ms <= ?').run(nowMs);
  }
}

function messageOf(row: Row): StoredMessage {
  return {
    id: String(row['id']),
    by: String(row['by_name']),
    text: String(row['text']),
    atMs: Number(row['sent_at_ms']),
    untilMs: Number(row['until_ms']),
  };
}
