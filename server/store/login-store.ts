import type { DatabaseSync } from 'node:sqlite';
import { InstructorId, LearnerId } from '#contract/ids.ts';
import type { Learner, LoginSession, LoginStore } from '../domain/stores.ts';
import { randomId } from '../random-id.ts';
import { tokenHash } from './token-hash.ts';

interface LoginLimits {
  readonly idleMs: number;
  readonly ageMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ALONE: LoginLimits = { idleMs: 7 * DAY_MS, ageMs: 30 * DAY_MS };
/**
 * Alone, whoever sits at the machine has it anyway. A learner of a class comes back after lunch and the next morning
 * without a return code; an instructor's browser opens everybody's labs, so it is forgotten soon.
 */
const LIMITS: Readonly<Record<'alone' | 'class', Readonly<Record<'learner' | 'instructor', LoginLimits>>>> = {
  alone: { learner: ALONE, instructor: ALONE },
  class: {
    learner: { idleMs: DAY_MS, ageMs: 14 * DAY_MS },
    instructor: { idleMs: 2 * HOUR_MS, ageMs: 12 * HOUR_MS },
  },
};

const TOUCH_EVERY_MS = 60_000;
/** Of one person, in as many browsers; the one that was seen least lately makes room. */
const SESSIONS_PER_PERSON = 20;

/** Parameters: last visit and beginning of a session that is only just over; learners' first. */
const IS_ALIVE = `last_seen_at_ms > CASE WHEN instructor_id IS NULL THEN ?1 ELSE ?2 END
  AND login_session.created_at_ms > CASE WHEN instructor_id IS NULL THEN ?3 ELSE ?4 END`;
/** Whose sessions count in which mode. */
const COUNTS = {
  alone: 'instructor_id IS NULL',
  class: `(instructor_id IS NOT NULL OR EXISTS (SELECT 1 FROM enrolment
    WHERE enrolment.learner_id = login_session.learner_id AND removed_at_ms IS NULL))`,
};

interface SessionRow {
  readonly learner_id: string | null;
  readonly learner_name: string | null;
  readonly instructor_id: string | null;
  readonly instructor_name: string | null;
  readonly last_seen_at_ms: number;
}

export class SqliteLoginStore implements LoginStore {
  readonly #database: DatabaseSync;
  readonly #mode: 'alone' | 'class';

  constructor(database: DatabaseSync, mode: 'alone' | 'class' = 'alone') {
    this.#database = database;
    this.#mode = mode;
  }

  maxAgeMs(role: 'learner' | 'instructor'): number {
    return LIMITS[this.#mode][role].ageMs;
  }

  soleLearner(nowMs: number): Learner {
    const row = this.#database
      .prepare(
        `SELECT id, name FROM learner WHERE id NOT IN (SELECT learner_id FROM enrolment)
           AND id NOT IN (SELECT own_learner_id FROM instructor WHERE own_learner_id IS NOT NULL)
         ORDER BY created_at_ms LIMIT 1`,
      )
      .get();
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
      .run(tokenHash(token), learnerId, expiresAtMs);
  }

  forgetLaunchTokens(): void {
    this.#database.exec('DELETE FROM launch_token');
  }

  useLaunchToken(token: string, nowMs: number): Learner | null {
    this.#database.prepare('DELETE FROM launch_token WHERE expires_at_ms < ?').run(nowMs);
    // One statement finds and spends it: two tabs with the same link can't both get in.
    const row = this.#database
      .prepare('DELETE FROM launch_token WHERE token_hash = ? RETURNING learner_id')
      .get(tokenHash(token)) as { learner_id: string } | undefined;
    if (row === undefined) return null;
    const learner = this.#database.prepare('SELECT id, name FROM learner WHERE id = ?').get(row.learner_id);
    return learner === undefined ? null : learnerOf(learner);
  }

  addLoginSession(token: string, learnerId: LearnerId, nowMs: number): void {
    this.#add(token, { learnerId, instructorId: null }, nowMs);
  }

  addInstructorSession(token: string, instructorId: InstructorId, nowMs: number): void {
    this.#add(token, { learnerId: null, instructorId }, nowMs);
  }

  findLoginSession(token: string, nowMs: number): LoginSession | null {
    const id = tokenHash(token);
    const row = this.#database
      .prepare(
        `SELECT learner_id, learner.name AS learner_name, instructor_id, instructor.name AS instructor_name,
           last_seen_at_ms FROM login_session
         LEFT JOIN learner ON learner.id = learner_id LEFT JOIN instructor ON instructor.id = instructor_id
         WHERE token_hash = ?5 AND ${IS_ALIVE} AND ${COUNTS[this.#mode]}`,
      )
      .get(...this.#oldest(nowMs), id) as SessionRow | undefined;
    if (row === undefined) return null;
    if (nowMs - row.last_seen_at_ms > TOUCH_EVERY_MS) this.touch(id, nowMs);
    return { id, ...personOf(row) };
  }

  isAlive(loginId: string, nowMs: number): boolean {
    const found = this.#database
      .prepare(`SELECT 1 FROM login_session WHERE token_hash = ?5 AND ${IS_ALIVE}`)
      .get(...this.#oldest(nowMs), loginId);
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

  endSessionsOf(id: LearnerId | InstructorId, except = ''): string[] {
    return this.#database
      .prepare(
        `DELETE FROM login_session WHERE (learner_id = ?1 OR instructor_id = ?1) AND token_hash <> ?2
         RETURNING token_hash`,
      )
      .all(id, except)
      .map((row) => String(row.token_hash));
  }

  #add(
    token: string,
    { learnerId, instructorId }: { learnerId: LearnerId | null; instructorId: InstructorId | null },
    nowMs: number,
  ): void {
    this.#database.prepare(`DELETE FROM login_session WHERE NOT (${IS_ALIVE})`).run(...this.#oldest(nowMs));
    this.#database
      .prepare(
        `INSERT INTO login_session (token_hash, learner_id, instructor_id, created_at_ms, last_seen_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?4)`,
      )
      .run(tokenHash(token), learnerId, instructorId, nowMs);
    this.#database
      .prepare(
        `DELETE FROM login_session WHERE coalesce(learner_id, instructor_id) = ?1 AND token_hash NOT IN
           (SELECT token_hash FROM login_session WHERE coalesce(learner_id, instructor_id) = ?1
            ORDER BY last_seen_at_ms DESC, rowid DESC LIMIT ?2)`,
      )
      .run(learnerId ?? instructorId, SESSIONS_PER_PERSON);
  }

  #oldest(nowMs: number): [number, number, number, number] {
    const { learner, instructor } = LIMITS[this.#mode];
    return [
      nowMs - learner.idleMs,
      nowMs - instructor.idleMs,
      nowMs - learner.ageMs,
      nowMs - instructor.ageMs,
    ];
  }
}

function personOf(row: SessionRow) {
  if (row.instructor_id !== null) {
    const id = InstructorId.parse(row.instructor_id);
    return { learner: null, instructor: { id, name: row.instructor_name ?? '' } };
  }
  return { learner: learnerOf({ id: row.learner_id, name: row.learner_name }), instructor: null };
}

function learnerOf({ id, name }: Record<string, unknown>): Learner {
  return { id: LearnerId.parse(id), name: String(name) };
}
