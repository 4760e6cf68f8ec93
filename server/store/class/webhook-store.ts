import type { DatabaseSync } from 'node:sqlite';
import {
  WEBHOOK_DELIVERIES_SHOWN,
  type WebhookEventType,
  WebhookPayload,
  WebhookView,
} from '#contract/class-webhook.ts';
import { CohortId } from '#contract/ids.ts';
import type { Attempted, WebhookStore } from '../../domain/class/webhook/webhook-ports.ts';
import { together } from '../transaction.ts';

/** Events of joining and passing are put into the outbox by triggers: see the migration. */
export class SqliteWebhookStore implements WebhookStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  set(cohortId: CohortId, { url, secret }: { url: string; secret: string }, nowMs: number): void {
    together(this.#database, () => {
      this.remove(cohortId);
      this.#database
        .prepare('INSERT INTO webhook (cohort_id, url, secret, created_at_ms) VALUES (?, ?, ?, ?)')
        .run(cohortId, url, secret, nowMs);
    });
  }

  remove(cohortId: CohortId): void {
    this.#database.prepare('DELETE FROM webhook WHERE cohort_id = ?').run(cohortId);
  }

  view(cohortId: CohortId): WebhookView | null {
    const hook = this.#database
      .prepare(
        `SELECT url, created_at_ms AS createdAtMs, disabled_at_ms AS disabledAtMs, disabled_reason AS disabledReason
         FROM webhook WHERE cohort_id = ?`,
      )
      .get(cohortId);
    if (hook === undefined) return null;
    const deliveries = this.#database
      .prepare(
        `SELECT id, type, at_ms AS atMs, tries, last_try_at_ms AS lastTryAtMs, last_outcome AS lastOutcome,
           last_status AS lastStatus, next_try_at_ms AS nextTryAtMs
         FROM webhook_event WHERE cohort_id = ? ORDER BY seq DESC LIMIT ?`,
      )
      .all(cohortId, WEBHOOK_DELIVERIES_SHOWN)
      .map((row) => ({ ...row }));
    return WebhookView.parse({ ...hook, deliveries });
  }

  cohortsDue(nowMs: number): CohortId[] {
    return this.#database
      .prepare(
        `SELECT cohort_id FROM webhook_event WHERE next_try_at_ms <= ?
         GROUP BY cohort_id ORDER BY min(next_try_at_ms) LIMIT 100`,
      )
      .all(nowMs)
      .map((row) => CohortId.parse(row.cohort_id));
  }

  nextDue(cohortId: CohortId, nowMs: number) {
    const row = this.#database
      .prepare(
        `SELECT webhook_event.id, type, at_ms, tries, exercise_id, exercise_revision, url, secret, learner_id,
           learner.name AS learner_name, cohort.name AS cohort_name
         FROM webhook_event JOIN webhook USING (cohort_id) JOIN cohort ON cohort.id = webhook_event.cohort_id
         LEFT JOIN learner ON learner.id = learner_id
         WHERE webhook_event.cohort_id = ? AND next_try_at_ms <= ? AND disabled_at_ms IS NULL
         ORDER BY seq LIMIT 1`,
      )
      .get(cohortId, nowMs);
    if (row === undefined) return null;
    const payload = WebhookPayload.parse({
      type: row.type,
      timestamp: new Date(Number(row.at_ms)).toISOString(),
      data: {
        cohort: { id: cohortId, name: row.cohort_name },
        ...(row.learner_id !== null && { learner: { id: row.learner_id, name: row.learner_name } }),
        ...(row.exercise_id !== null && {
          exercise: { id: row.exercise_id, revision: row.exercise_revision },
        }),
      },
    });
    const event = { id: String(row.id), payload, tries: Number(row.tries) };
    return { url: String(row.url), secret: String(row.secret), event };
  }

  add(cohortId: CohortId, type: WebhookEventType, nowMs: number): void {
    this.#database
      .prepare('INSERT INTO webhook_event (cohort_id, type, at_ms, next_try_at_ms) VALUES (?, ?, ?, ?)')
      .run(cohortId, type, nowMs, nowMs);
  }

  noteTry(eventId: string, { outcome, status }: Attempted, nowMs: number, nextTryAtMs: number | null): void {
    this.#database
      .prepare(
        `UPDATE webhook_event SET tries = tries + 1, last_try_at_ms = ?, last_outcome = ?, last_status = ?,
           next_try_at_ms = ? WHERE id = ?`,
      )
      .run(nowMs, outcome, status, nextTryAtMs, eventId);
  }

  noteFailing(cohortId: CohortId, nowMs: number): number {
    const row = this.#database
      .prepare(
        `UPDATE webhook SET failing_since_ms = coalesce(failing_since_ms, ?) WHERE cohort_id = ?
         RETURNING failing_since_ms`,
      )
      .get(nowMs, cohortId);
    return Number(row?.failing_since_ms ?? nowMs);
  }

  postpone(cohortId: CohortId, untilMs: number): void {
    this.#database
      .prepare('UPDATE webhook_event SET next_try_at_ms = ? WHERE cohort_id = ? AND next_try_at_ms < ?')
      .run(untilMs, cohortId, untilMs);
  }

  noteWorking(cohortId: CohortId): void {
    this.#database.prepare('UPDATE webhook SET failing_since_ms = NULL WHERE cohort_id = ?').run(cohortId);
  }

  disable(cohortId: CohortId, reason: 'gone' | 'failing', nowMs: number): void {
    together(this.#database, () => {
      this.#database
        .prepare('UPDATE webhook SET disabled_at_ms = ?, disabled_reason = ? WHERE cohort_id = ?')
        .run(nowMs, reason, cohortId);
      this.#database
        .prepare('UPDATE webhook_event SET next_try_at_ms = NULL WHERE cohort_id = ?')
        .run(cohortId);
    });
  }

  enable(cohortId: CohortId): void {
    this.#database
      .prepare(
        `UPDATE webhook SET disabled_at_ms = NULL, disabled_reason = NULL, failing_since_ms = NULL
         WHERE cohort_id = ?`,
      )
      .run(cohortId);
  }
}
