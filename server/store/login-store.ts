import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { LearnerId } from '#contract/ids.ts';
import type { Learner, LoginStore } from '../domain/stores.ts';
import { randomId } from '../random-id.ts';

const SESSION_IDLE_LIMIT_MS = 7 * 24 * 3_600_000;
const SESSION_AGE_LIMIT_MS = 30 * 24 * 3_600_000;

interface LearnerRow {
  readonly id: string;
  readonly name: string;
}

export class SqliteLoginStore implements LoginStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  soleLearner(nowMs: number): Learner {
    const row = this.#database.prepare('SELECT id, name FROM learner ORDER BY created_at_ms LIMIT 1').get();
    if (row !== undefined) return learnerOf(row);
    const learner = { id: LearnerId.parse(randomId(16)), name: 'learner' };
    this.#database
      .prepare('INSERT INTO learner (id, name, created_at_ms) VALUES (?, ?, ?)')
      .run(learner.id, learner.name, nowMs);
    return learner;
  }

  addLaunchToken(token: string, learnerId: LearnerId, expiresAtMs: number): void {
    this.#database
      .prepare('INSERT INTO launch_token (token_hash, learner_id, expires_at_ms) VALUES (?, ?, ?)')
      .run(hash(token), learnerId, expiresAtMs);
  }

  useLaunchToken(token: string, nowMs: number): Learner | null {
    this.#database.prepare('DELETE FROM launch_token WHERE expires_at_ms < ?').run(nowMs);
    // One statement finds and spends it: two tabs with the same link can't both get in.
    const row = this.#database
      .prepare('DELETE FROM launch_token WHERE token_hash = ? RETURNING learner_id')
      .get(hash(token)) as { learner_id: string } | undefined;
    if (row === undefined) return null;
    const learner = this.#database.prepare('SELECT id, name FROM learner WHERE id = ?').get(row.learner_id);
    return learner === undefined ? null : learnerOf(learner);
  }

  addLoginSession(token: string, learnerId: LearnerId, nowMs: number): void {
    this.#database
      .prepare(
        'INSERT INTO login_session (token_hash, learner_id, created_at_ms, last_seen_at_ms) VALUES (?, ?, ?, ?)',
      )
      .run(hash(token), learnerId, nowMs, nowMs);
  }

  findLoginSession(token: string, nowMs: number): Learner | null {
    const row = this.#database
      .prepare(
        `SELECT learner.id, learner.name, last_seen_at_ms FROM login_session
         JOIN learner ON learner.id = learner_id
         WHERE token_hash = ? AND last_seen_at_ms > ? AND login_session.created_at_ms > ?`,
      )
      .get(hash(token), nowMs - SESSION_IDLE_LIMIT_MS, nowMs - SESSION_AGE_LIMIT_MS) as
      | (LearnerRow & { last_seen_at_ms: number })
      | undefined;
    if (row === undefined) return null;
    if (nowMs - row.last_seen_at_ms > 60_000) {
      this.#database
        .prepare('UPDATE login_session SET last_seen_at_ms = ? WHERE token_hash = ?')
        .run(nowMs, hash(token));
    }
    return learnerOf(row);
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function learnerOf(row: unknown): Learner {
  const { id, name } = row as LearnerRow;
  return { id: LearnerId.parse(id), name };
}
