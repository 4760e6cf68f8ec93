import type { ExerciseDefinition, LabDefinition, WrongAnswer } from '#contract/definitions.ts';
import type { Exercise } from '../domain/grading/exercise.ts';

export interface CatalogExercise extends Exercise {
  readonly lab: string;
  readonly lesson: string;
  readonly extra: boolean;
  readonly definition: ExerciseDefinition;
  /** Text of `solution.sh`. */
  readonly solution: string;
  /** Text of `prepare.sh`, which leads to the same end in less time; `null` where the solution is quick enough. */
  readonly preparation: string | null;
  readonly wrongAnswers: readonly (WrongAnswer & { readonly text: string })[];
}

export interface CatalogLab {
  readonly id: string;
  readonly definition: LabDefinition;
  /** Absolute path of the files for the learner's home. */
  readonly filesFolder: string;
  /** In order; each starts where the one before it ends. */
  readonly exercises: readonly CatalogExercise[];
}

/** Every lab and exercise of the course, validated. Does not change while the server runs. */
export class Catalog {
  readonly labs: readonly CatalogLab[];
  readonly #exercises: ReadonlyMap<string, CatalogExercise>;

  constructor(labs: readonly CatalogLab[]) {
    this.labs = labs;
    this.#exercises = new Map(
      labs.flatMap((lab) => lab.exercises.map((exercise) => [exercise.id, exercise])),
    );
  }

  lab(id: string): CatalogLab | null {
    return this.labs.find((lab) => lab.id === id) ?? null;
  }

  exercise(id: string): CatalogExercise | null {
    return this.#exercises.get(id) ?? null;
  }

  /** In the order of the course. */
  exercises(): CatalogExercise[] {
    return [...this.#exercises.values()];
  }

  exercisesOfLesson(lesson: string): CatalogExercise[] {
    return this.exercises().filter((exercise) => exercise.lesson === lesson);
  }

  /** Exercises whose preparations or solutions, one after the other, lead to this one's start. Extra ones change nothing that counts. */
  exercisesBefore(exercise: CatalogExercise): CatalogExercise[] {
    const inLab = this.lab(exercise.lab)?.exercises ?? [];
    const index = inLab.findIndex((candidate) => candidate.id === exercise.id);
    return inLab.slice(0, Math.max(index, 0)).filter((candidate) => !candidate.extra);
  }
}
