import type { DatabaseSync } from 'node:sqlite';
import type { LearnerId } from '#contract/ids.ts';

/** Whose a row is, by table: what a merge moves and what a deletion takes along. Others follow by their references. */
const OWNED = ['lab_session', 'attempt'] as const;

/** Attempts, help and closed labs of `other` become those of `kept`; sessions and links of `other` end. */
export function moveWork(database: DatabaseSync, kept: LearnerId, other: LearnerId): void {
  for (const table of OWNED)
    database.prepare(`UPDATE ${table} SET learner_id = ? WHERE learner_id = ?`).run(kept, other);
  database
    .prepare(
      `INSERT INTO help_shown (learner_id, exercise_id, hints, solution_at_ms)
         SELECT ?, exercise_id, hints, solution_at_ms FROM help_shown WHERE learner_id = ?
       ON CONFLICT DO UPDATE SET hints = max(hints, excluded.hints),
         solution_at_ms = min(coalesce(solution_at_ms, excluded.solution_at_ms),
           coalesce(excluded.solution_at_ms, solution_at_ms))`,
    )
    .run(kept, other);
  for (const table of ['help_shown', 'login_session', 'launch_token'])
    database.prepare(`DELETE FROM ${table} WHERE learner_id = ?`).run(other);
}

/** Everything that is stored of a learner, and of those who were merged into them. */
export function eraseLearner(database: DatabaseSync, learnerId: LearnerId): void {
  const merged = database.prepare('SELECT learner_id FROM enrolment WHERE merged_into = ?').all(learnerId);
  const ids = [...merged.map((row) => String(row.learner_id)), learnerId];
  for (const id of ids) {
    for (const table of [...OWNED, 'help_shown', 'login_session', 'launch_token'])
      database.prepare(`DELETE FROM ${table} WHERE learner_id = ?`).run(id);
    // The trail keeps what happened and no longer says to whom.
    database.prepare('UPDATE audit_event SET actor = NULL, address = NULL WHERE actor = ?').run(id);
    database.prepare('DELETE FROM learner WHERE id = ?').run(id);
  }
}
