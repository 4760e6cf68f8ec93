import type { DatabaseSync } from 'node:sqlite';
import type { LinkPurpose } from '#contract/class-api.ts';
import { nameKey } from '#contract/class-names.ts';
import { CohortId, InstructorId, LearnerId } from '#contract/ids.ts';
import type { InstructorLink, InstructorStore, NewInstructorLink } from '../../domain/class/class-stores.ts';
import type { Instructor, Learner } from '../../domain/stores.ts';
import { randomId } from '../../random-id.ts';
import { tokenHash } from '../token-hash.ts';
import { together } from '../transaction.ts';

const LINKS = `SELECT token_hash, purpose, expires_at_ms, instructor.id AS instructor_id, instructor.name AS instructor_name,
    cohort.id AS cohort_id, cohort.name AS cohort_name, inviting.id AS inviting_id, inviting.name AS inviting_name
  FROM instructor_link LEFT JOIN instructor ON instructor.id = instructor_id
    LEFT JOIN cohort ON cohort.id = cohort_id LEFT JOIN instructor AS inviting ON inviting.id = invited_by`;

type Row = Record<string, unknown>;

export class SqliteInstructorStore implements InstructorStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  count(): number {
    const { n } = this.#database.prepare('SELECT count(*) AS n FROM instructor').get() as { n: number };
    return n;
  }

  add({ id, name }: Instructor, passphraseHash: string, nowMs: number): boolean {
    const { changes } = this.#database
      .prepare(
        `INSERT INTO instructor (id, name, name_key, passphrase_hash, created_at_ms) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (name_key) DO NOTHING`,
      )
      .run(id, name, nameKey(name), passphraseHash, nowMs);
    return changes > 0;
  }

  find(name: string) {
    const row = this.#database
      .prepare('SELECT id, name, passphrase_hash FROM instructor WHERE name_key = ?')
      .get(nameKey(name));
    return row === undefined
      ? null
      : { instructor: instructorOf(row.id, row.name), passphraseHash: String(row.passphrase_hash) };
  }

  list(): Instructor[] {
    const rows = this.#database.prepare('SELECT id, name FROM instructor ORDER BY created_at_ms').all();
    return rows.map((row) => instructorOf(row.id, row.name));
  }

  ownLearner({ id, name }: Instructor, nowMs: number): Learner {
    return together(this.#database, () => {
      const known = this.#database.prepare('SELECT own_learner_id FROM instructor WHERE id = ?').get(id);
      if (known?.own_learner_id != null) return { id: LearnerId.parse(known.own_learner_id), name };
      const learner = { id: LearnerId.parse(randomId(16)), name };
      this.#database
        .prepare('INSERT INTO learner (id, name, created_at_ms) VALUES (?, ?, ?)')
        .run(learner.id, name, nowMs);
      this.#database.prepare('UPDATE instructor SET own_learner_id = ? WHERE id = ?').run(learner.id, id);
      return learner;
    });
  }

  setPassphrase(id: InstructorId, passphraseHash: string): void {
    this.#database.prepare('UPDATE instructor SET passphrase_hash = ? WHERE id = ?').run(passphraseHash, id);
    // Whoever may know the old one may have made keys with it.
    this.#database.prepare('DELETE FROM api_token WHERE instructor_id = ?').run(id);
  }

  addLink(token: string, link: NewInstructorLink): void {
    this.#database
      .prepare(
        `INSERT INTO instructor_link (token_hash, purpose, instructor_id, cohort_id, invited_by, expires_at_ms)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        tokenHash(token),
        link.purpose,
        link.instructorId,
        link.cohortId,
        link.invitedBy,
        link.expiresAtMs,
      );
  }

  findLink(token: string, nowMs: number): InstructorLink | null {
    const row = this.#database
      .prepare(`${LINKS} WHERE token_hash = ? AND expires_at_ms > ?`)
      .get(tokenHash(token), nowMs);
    return row === undefined ? null : linkOf(row);
  }

  useLink(token: string, nowMs: number): InstructorLink | null {
    const link = this.findLink(token, nowMs);
    const { changes } = this.#database
      .prepare('DELETE FROM instructor_link WHERE token_hash = ? OR expires_at_ms <= ?')
      .run(tokenHash(token), nowMs);
    return changes > 0 ? link : null;
  }

  forgetLinks(purpose: LinkPurpose): void {
    this.#database.prepare('DELETE FROM instructor_link WHERE purpose = ?').run(purpose);
  }

  invitationsTo(cohortId: CohortId, nowMs: number): InstructorLink[] {
    return this.#database
      .prepare(
        `${LINKS} WHERE purpose = 'invite' AND cohort_id = ? AND expires_at_ms > ? ORDER BY expires_at_ms`,
      )
      .all(cohortId, nowMs)
      .map(linkOf);
  }

  withdrawInvitation(cohortId: CohortId, linkId: string): void {
    this.#database
      .prepare(`DELETE FROM instructor_link WHERE token_hash = ? AND cohort_id = ? AND purpose = 'invite'`)
      .run(linkId, cohortId);
  }
}

function linkOf(row: Row): InstructorLink {
  return {
    id: String(row.token_hash),
    purpose: String(row.purpose) as LinkPurpose,
    instructor: row.instructor_id === null ? null : instructorOf(row.instructor_id, row.instructor_name),
    cohort:
      row.cohort_id === null ? null : { id: CohortId.parse(row.cohort_id), name: String(row.cohort_name) },
    invitedBy: row.inviting_id === null ? null : instructorOf(row.inviting_id, row.inviting_name),
    expiresAtMs: Number(row.expires_at_ms),
  };
}

function instructorOf(id: unknown, name: unknown): Instructor {
  return { id: InstructorId.parse(id), name: String(name) };
}
