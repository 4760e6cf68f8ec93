import type { DatabaseSync } from 'node:sqlite';
import type { LabSessionId } from '#contract/ids.ts';
import type { ExerciseStore, StoredExercise } from '../domain/stores.ts';

export class SqliteExerciseStore implements ExerciseStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  load(labSessionId: LabSessionId, generation: number, exerciseId: string): StoredExercise | null {
    const row = this.#database
      .prepare(
        'SELECT start_json, answers_json FROM exercise_start WHERE lab_session_id = ? AND generation = ? AND exercise_id = ?',
      )
      .get(labSessionId, generation, exerciseId) as { start_json: string; answers_json: string } | undefined;
    return row === undefined
      ? null
      : { start: JSON.parse(row.start_json), answers: JSON.parse(row.answers_json) };
  }

  save(labSessionId: LabSessionId, generation: number, exerciseId: string, exercise: StoredExercise): void {
    this.#database
      .prepare(
        `INSERT INTO exercise_start (lab_session_id, generation, exercise_id, start_json, answers_json) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET start_json = excluded.start_json, answers_json = excluded.answers_json`,
      )
      .run(
        labSessionId,
        generation,
        exerciseId,
        JSON.stringify(exercise.start),
        JSON.stringify(exercise.answers),
      );
  }
}
