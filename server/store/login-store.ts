import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { LearnerId } from '#contract/ids.ts';
import type { Learner, LoginSession, LoginStore } from '../domain/stores.ts';
import { randomId } from '../random-id.ts';

export interface LoginLimits {
  readonly idleMs: number;
  readonly ageMs: number;
}

const HOUR_MS = 3_600_000;
/** Alone, whoever sits at the machine has it anyway. Among strangers, a browser that was left is somebody else's soon. */
export const LOGIN_LIMITS: Readonly<Record<'alone' | 'class', LoginLimits>> = {
  alone: { idleMs: 7 * 24 * HOUR_MS, ageMs: 30 * 24 * HOUR_MS },
  class: { idleMs: HOUR_MS / 2, ageMs: 12 * HOUR_MS },
};

const TOUCH_EVERY_MS = 60_000;
/** Of one learner, in as many browsers; the one that was seen least lately makes room. */
const SESSIONS_PER_LEARNER = 20;

interface LearnerRow {
  readonly id: string;
  readonly name: string;
}

export class SqliteLoginStore implements LoginStore {
  readonly #database: DatabaseSync;

  readonly #limits: LoginLimits;

  constructor(database: DatabaseSync, limits: LoginLimits = LOGIN_LIMITS.alone) {
    this.#database = database;
    this.#limits = limits;
  }

  get maxAgeMs(): number {
    return this.#limits.ageMs;
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

  forgetLaunchTokens(): void {
    this.#database.exec('DELETE FROM launch_token');
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
      .prepare('DELETE FROM login_session WHERE last_seen_at_ms <= ? OR created_at_ms <= ?')
      .run(...this.#oldest(nowMs));
    this.#database
      .prepare(
        'INSERT INTO login_session (token_hash, learner_id, created_at_ms, last_seen_at_ms) VALUES (?, ?, ?, ?)',
      )
      .run(hash(token), learnerId, nowMs, nowMs);
    this.#database
      .prepare(
        `DELETE FROM login_session WHERE learner_id = ?1 AND token_hash NOT IN
           (SELECT token_hash FROM login_session WHERE learner_id = ?1 ORDER BY last_seen_at_ms DESC, rowid DESC LIMIT ?2)`,
      )
      .run(learnerId, SESSIONS_PER_LEARNER);
  }

  findLoginSession(token: string, nowMs: number): LoginSession | null {
    const id = hash(token);
    const row = this.#database
      .prepare(
        `SELECT learner.id, learner.name, last_seen_at_ms FROM login_session
         JOIN learner ON learner.id = learner_id
         WHERE token_hash = ? AND last_seen_at_ms > ? AND login_session.created_at_ms > ?`,
      )
      .get(id, ...this.#oldest(nowMs)) as (LearnerRow & { last_seen_at_ms: number }) | undefined;
    if (row === undefined) return null;
    if (nowMs - row.last_seen_at_ms > TOUCH_EVERY_MS) this.touch(id, nowMs);
    return { id, learner: learnerOf(row) };
  }

  isAlive(loginId: string, nowMs: number): boolean {
    const found = this.#database
      .prepare(
        'SELECT 1 FROM login_session WHERE token_hash = ? AND last_seen_at_ms > ? AND created_at_ms > ?',
      )
      .get(loginId, ...this.#oldest(nowMs));
    return found !== undefined;
  }

  touch(loginId: string, nowMs: number): void {
    this.#database
      .prepare('UPDATE login_session SET last_seen_at_ms = ? WHERE token_hash = ?')
      .run(nowMs, loginId);
  }

  endLoginSession(loginId: string): void {
    this.#database.prepare('DELETE FROM login_session WHERE token_hash = ?').run(loginId);
  }

  /** Last visit and beginning of a session that is only just over. */
  #oldest(nowMs: number): [number, number] {
    return [nowMs - this.#limits.idleMs, nowMs - this.#limits.ageMs];
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function learnerOf(row: unknown): Learner {
  const { id, name } = row as LearnerRow;
  return { id: LearnerId.parse(id), name };
}
