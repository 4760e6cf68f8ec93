import type { DatabaseSync } from 'node:sqlite';
import type { Unlocked } from '#contract/class-help.ts';
import { type CohortId, LearnerId } from '#contract/ids.ts';
import type { UnlockStore } from '../../domain/class/help/help-stores.ts';

type Row = Record<string, unknown>;

const OWNERS = { cohort_unlock: 'cohort_id', learner_unlock: 'learner_id' } as const;

export class SqliteUnlockStore implements UnlockStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  ofCohort(cohortId: CohortId): Unlocked[] {
    return this.#of('cohort_unlock', cohortId);
  }

  ofLearner(learnerId: LearnerId): Unlocked[] {
    return this.#of('learner_unlock', learnerId);
  }

  ofLearners(cohortId: CohortId): (Unlocked & { readonly learner: LearnerId })[] {
    return this.#database
      .prepare(
        `SELECT learner_unlock.* FROM learner_unlock JOIN enrolment USING (learner_id)
         WHERE cohort_id = ? AND removed_at_ms IS NULL ORDER BY exercise_id, learner_id`,
      )
      .all(cohortId)
      .map((row) => ({ ...unlockedOf(row), learner: LearnerId.parse(row['learner_id']) }));
  }

  setForCohort(cohortId: CohortId, unlocked: Unlocked): void {
    this.#set('cohort_unlock', cohortId, unlocked);
  }

  setForLearner(learnerId: LearnerId, unlocked: Unlocked): void {
    this.#set('learner_unlock', learnerId, unlocked);
  }

  #of(table: keyof typeof OWNERS, owner: string): Unlocked[] {
    return this.#database
      .prepare(`SELECT * FROM ${table} WHERE ${OWNERS[table]} = ? ORDER BY exercise_id`)
      .all(owner)
      .map(unlockedOf);
  }

  #set(table: keyof typeof OWNERS, owner: string, { exercise, hints, solution }: Unlocked): void {
    const column = OWNERS[table];
    if (hints === 0 && !solution) {
      this.#database
        .prepare(`DELETE FROM ${table} WHERE ${column} = ? AND exercise_id = ?`)
        .run(owner, exercise);
      return;
    }
    this.#database
      .prepare(
        `INSERT INTO ${table} (${column}, exercise_id, hints, solution) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET hints = excluded.hints, solution = excluded.solution`,
      )
      .run(owner, exercise, hints, solution ? 1 : 0);
  }
}

function unlockedOf(row: Row): Unlocked {
  return {
    exercise: String(row['exercise_id']),
    hints: Number(row['hints']),
    solution: row['solution'] === 1,
  };
}
