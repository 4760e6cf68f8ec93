import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { LabReason } from '#contract/api.ts';
import { LabNodeName, LabSessionId, LearnerId } from '#contract/ids.ts';
import { NodeImpairment } from '#contract/node-condition.ts';
import type { ClosedLabSession, LabSessionStore, StoredLabSession } from '../domain/stores.ts';

const Conditions = z.record(LabNodeName, NodeImpairment);

export class SqliteLabSessionStore implements LabSessionStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  save(session: StoredLabSession, nowMs: number): void {
    this.#database
      .prepare(
        `INSERT INTO lab_session
           (id, learner_id, lab_id, environment_id, generation, state, active_exercise_id, node_conditions_json,
            why_json, keep_until_ms, created_at_ms, changed_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET environment_id = excluded.environment_id, generation = excluded.generation,
           state = excluded.state, active_exercise_id = excluded.active_exercise_id,
           node_conditions_json = excluded.node_conditions_json, why_json = excluded.why_json,
           keep_until_ms = excluded.keep_until_ms, changed_at_ms = excluded.changed_at_ms`,
      )
      .run(
        session.id,
        session.learnerId,
        session.labId,
        session.environmentId,
        session.generation,
        session.state,
        session.activeExerciseId,
        JSON.stringify(session.conditions),
        session.why === null ? null : JSON.stringify(session.why),
        session.keepUntilMs,
        session.createdAtMs,
        nowMs,
      );
  }

  listOpen(): StoredLabSession[] {
    const rows = this.#database
      .prepare(`SELECT * FROM lab_session WHERE state <> 'closed' ORDER BY created_at_ms DESC`)
      .all();
    return rows.map(sessionOf);
  }

  listClosed(learnerId: LearnerId): ClosedLabSession[] {
    const rows = this.#database
      .prepare(
        `SELECT * FROM lab_session AS one WHERE learner_id = ? AND state = 'closed' AND why_json IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM lab_session AS later WHERE later.learner_id = one.learner_id
             AND later.lab_id = one.lab_id AND later.created_at_ms > one.created_at_ms)
         ORDER BY changed_at_ms DESC`,
      )
      .all(learnerId);
    return rows.map((row) => ({ ...sessionOf(row), closedAtMs: Number(row['changed_at_ms']) }));
  }
}

function sessionOf(row: Record<string, unknown>): StoredLabSession {
  return {
    id: LabSessionId.parse(row['id']),
    learnerId: LearnerId.parse(row['learner_id']),
    labId: String(row['lab_id']),
    environmentId: row['environment_id'] === null ? null : String(row['environment_id']),
    generation: Number(row['generation']),
    state: String(row['state']) as StoredLabSession['state'],
    activeExerciseId: row['active_exercise_id'] === null ? null : String(row['active_exercise_id']),
    conditions: Conditions.parse(JSON.parse(String(row['node_conditions_json']))),
    why: row['why_json'] === null ? null : LabReason.parse(JSON.parse(String(row['why_json']))),
    keepUntilMs: row['keep_until_ms'] === null ? null : Number(row['keep_until_ms']),
    createdAtMs: Number(row['created_at_ms']),
  };
}
