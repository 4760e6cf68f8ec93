import type { DatabaseSync } from 'node:sqlite';
import { ApiTokenView } from '#contract/class-grades.ts';
import { InstructorId } from '#contract/ids.ts';
import type { ApiToken, ApiTokenStore } from '../../domain/class/grades/grade-stores.ts';
import { tokenHash } from '../token-hash.ts';

const NOTED_EVERY_MS = 60_000;
const VIEW = `api_token.id, api_token.name, scope, cohort_id AS cohort, api_token.created_at_ms AS createdAtMs,
  expires_at_ms AS expiresAtMs, last_used_at_ms AS lastUsedAtMs`;

export class SqliteApiTokenStore implements ApiTokenStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add(token: string, view: Omit<ApiTokenView, 'lastUsedAtMs'>, instructorId: InstructorId): void {
    this.#database
      .prepare(
        `INSERT INTO api_token (id, token_hash, instructor_id, cohort_id, name, scope, created_at_ms, expires_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        view.id,
        tokenHash(token),
        instructorId,
        view.cohort,
        view.name,
        view.scope,
        view.createdAtMs,
        view.expiresAtMs,
      );
  }

  use(token: string, nowMs: number): ApiToken | null {
    const row = this.#database
      .prepare(
        `SELECT ${VIEW}, instructor_id, instructor.name AS instructor_name
         FROM api_token JOIN instructor ON instructor.id = instructor_id WHERE token_hash = ? AND expires_at_ms > ?`,
      )
      .get(tokenHash(token), nowMs);
    if (row === undefined) return null;
    const { instructor_id, instructor_name, ...view } = row;
    // Also after a clock was put back.
    this.#database
      .prepare(
        'UPDATE api_token SET last_used_at_ms = ?1 WHERE id = ?2 AND abs(?1 - coalesce(last_used_at_ms, 0)) > ?3',
      )
      .run(nowMs, String(view.id), NOTED_EVERY_MS);
    const instructor = { id: InstructorId.parse(instructor_id), name: String(instructor_name) };
    return { ...ApiTokenView.parse(view), instructor };
  }

  listOf(instructorId: InstructorId, nowMs: number): ApiTokenView[] {
    return this.#database
      .prepare(
        `SELECT ${VIEW} FROM api_token WHERE instructor_id = ? AND expires_at_ms > ? ORDER BY created_at_ms DESC, id`,
      )
      .all(instructorId, nowMs)
      .map((row) => ApiTokenView.parse({ ...row }));
  }

  revoke(instructorId: InstructorId, id: string): boolean {
    const { changes } = this.#database
      .prepare('DELETE FROM api_token WHERE instructor_id = ? AND id = ?')
      .run(instructorId, id);
    return changes > 0;
  }
}
