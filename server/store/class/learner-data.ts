import type { DatabaseSync } from 'node:sqlite';
import type { LearnerId } from '#contract/ids.ts';

/** Tables in which a learner's rows are no work: they end with a merge, or have a rule of their own. */
const NO_WORK = new Set([
  'help_shown',
  'login_session',
  'launch_token',
  'enrolment',
  'raised_hand',
  'class_message_to',
  'learner_unlock',
]);

/** Tables in which each has one row of a kind: what both have stays with who is kept. */
const ONE_OF_A_KIND = ['raised_hand', 'class_message_to', 'learner_unlock'];

/** Every table whose rows belong to a learner, also those that a later version adds. */
export function learnersTables(database: DatabaseSync): string[] {
  return tablesWith(database, 'learner_id');
}

/** Those whose rows belong to a lab session, and by it to a learner. */
export function labsTables(database: DatabaseSync): string[] {
  const own = new Set(learnersTables(database));
  return tablesWith(database, 'lab_session_id').filter((table) => !own.has(table));
}

function tablesWith(database: DatabaseSync, column: string): string[] {
  return database
    .prepare(
      `SELECT tables.name FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND columns.name = ? ORDER BY tables.rowid`,
    )
    .all(column)
    .map(({ name }) => String(name));
}

/** Attempts, help and closed labs of `other` become those of `kept`; sessions and links of `other` end. */
export function moveWork(database: DatabaseSync, kept: LearnerId, other: LearnerId): void {
  for (const table of learnersTables(database).filter((name) => !NO_WORK.has(name)))
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
  for (const table of ONE_OF_A_KIND)
    database.prepare(`UPDATE OR IGNORE ${table} SET learner_id = ? WHERE learner_id = ?`).run(kept, other);
  for (const table of ['help_shown', 'login_session', 'launch_token', ...ONE_OF_A_KIND])
    database.prepare(`DELETE FROM ${table} WHERE learner_id = ?`).run(other);
}

/** Everything that is stored of a learner, and of those who were merged into them. */
export function eraseLearner(database: DatabaseSync, learnerId: LearnerId): void {
  const merged = database.prepare('SELECT learner_id FROM enrolment WHERE merged_into = ?').all(learnerId);
  for (const id of [...merged.map((row) => String(row.learner_id)), learnerId]) {
    // What refers to a lab session goes with it.
    for (const table of learnersTables(database))
      database.prepare(`DELETE FROM ${table} WHERE learner_id = ?`).run(id);
    // Words that were for nobody else.
    database.exec(
      'DELETE FROM class_message WHERE to_all = 0 AND id NOT IN (SELECT message_id FROM class_message_to)',
    );
    // The trail keeps what happened and no longer says to whom.
    database.prepare('UPDATE audit_event SET actor = NULL, address = NULL WHERE actor = ?').run(id);
    database.prepare('DELETE FROM learner WHERE id = ?').run(id);
  }
}
