import type { ExerciseDefinition, LabDefinition, WrongAnswer } from '#contract/definitions.ts';
import type { Exercise } from '../domain/grading/exercise.ts';

export interface CatalogExercise extends Exercise {
  readonly lab: string;
  readonly lesson: string;
  readonly extra: boolean;
  readonly definition: ExerciseDefinition;
  /** Text of `start.sh`, which leads from a fresh lab straight to this exercise's start; `null` without. */
  readonly startScript: string | null;
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

/** One step on the way to an exercise's start. */
export interface ScriptToStart {
  /** Whose script it is. */
  readonly exercise: string;
  readonly script: string;
  /** The exercise whose start the swarm has reached when the script has done its work. */
  readonly leadsTo: string;
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

  /**
   * What leads from a fresh lab to this exercise's start, one script after the other: the nearest `start.sh` going
   * back, then what the exercises from there on lead to. Extra ones change nothing that counts.
   */
  scriptsToStart(exerciseId: string): readonly ScriptToStart[] {
    const inLab = this.lab(this.exercise(exerciseId)?.lab ?? '')?.exercises ?? [];
    const path = inLab.slice(0, inLab.findIndex((candidate) => candidate.id === exerciseId) + 1);
    const from = Math.max(
      path.findLastIndex((candidate) => candidate.startScript !== null),
      0,
    );
    const solved = path.slice(from, -1).filter((candidate) => !candidate.extra);
    const scripts = solved.map((exercise, index) => ({
      exercise: exercise.id,
      script: exercise.preparation ?? exercise.solution,
      leadsTo: solved[index + 1]?.id ?? exerciseId,
    }));
    const [first] = path.slice(from);
    if (first?.startScript == null) return scripts;
    const leadsTo = solved[0]?.id ?? exerciseId;
    return [{ exercise: first.id, script: first.startScript, leadsTo }, ...scripts];
  }

  /** The exercise that starts where this one ends; `null` for the last of a lab. */
  exerciseAfter(exerciseId: string): CatalogExercise | null {
    const inLab = this.lab(this.exercise(exerciseId)?.lab ?? '')?.exercises ?? [];
    const index = inLab.findIndex((candidate) => candidate.id === exerciseId);
    return inLab.slice(index + 1).find((candidate) => !candidate.extra) ?? null;
  }
}
