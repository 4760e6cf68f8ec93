import type {
  CatalogLesson,
  CatalogExercise as ExerciseView,
  CatalogLab as LabView,
  QuestionView,
} from '#contract/api.ts';
import type { Check } from '#contract/check.ts';
import type { CareCourse } from '#contract/class-care.ts';
import type { UnlockableExercises } from '#contract/class-help.ts';
import type { LiveExercise } from '#contract/class-live.ts';
import type { LocalizedText } from '#contract/language.ts';
import type { Catalog, CatalogExercise, CatalogLab } from './catalog.ts';

/** What the API tells about a lesson; `null` for a lesson without exercises. */
export function lessonView(catalog: Catalog, lesson: string): CatalogLesson | null {
  const exercises = catalog.exercisesOfLesson(lesson);
  if (exercises.length === 0) return null;
  const labs = new Set(exercises.map((exercise) => exercise.lab));
  return {
    lesson,
    labs: [...labs].flatMap((id) => catalog.lab(id) ?? []).map(labView),
    exercises: exercises.map(exerciseView),
  };
}

/** All of the course, as far as the class view names it. */
export function courseView(catalog: Catalog) {
  return {
    exercises: catalog.exercises().map((exercise): LiveExercise => {
      const { id, lesson, lab, extra, title, checks } = exerciseView(exercise);
      return { id, lesson, lab, extra, title, checks: checks.map(({ id, title }) => ({ id, title })) };
    }),
    labs: catalog.labs.map(({ id, definition }) => ({ id, title: definition.title })),
  };
}

/** What instructors can unlock, in the order of the course. */
export function unlockableExercises(catalog: Catalog): UnlockableExercises['exercises'] {
  return catalog.exercises().map((exercise) => ({
    id: exercise.id,
    lesson: exercise.lesson,
    title: inBoth(exercise, (texts) => texts.title),
    hints: exercise.definition.hints,
  }));
}

/** What instructors can prepare, and the labs for it, in the order of the course. */
export function careCourse(catalog: Catalog): CareCourse {
  return {
    labs: catalog.labs.map(({ id, definition: { title, nodes } }) => ({ id, title, nodes: nodes.length })),
    exercises: catalog.exercises().map((exercise) => {
      const { id, lesson, lab, extra } = exercise;
      return { id, lesson, lab, extra, title: inBoth(exercise, (texts) => texts.title) };
    }),
  };
}

function labView({ id, definition }: CatalogLab): LabView {
  const { title, nodes, powerSwitches } = definition;
  return { id, title, nodes: nodes.map((node) => node.name), powerSwitches };
}

function exerciseView(exercise: CatalogExercise): ExerciseView {
  const { id, lesson, lab, revision, extra, definition } = exercise;
  return {
    id,
    lesson,
    lab,
    revision,
    extra,
    title: inBoth(exercise, (texts) => texts.title),
    goal: inBoth(exercise, (texts) => texts.goal),
    hintCount: definition.hints,
    checks: exercise.checks.map((check) => ({
      id: check.id,
      title: inBoth(exercise, (texts) => texts.checks[check.id]),
      question: questionView(exercise, check),
    })),
    forbids: forbiddenSwitches(exercise),
  };
}

/** Switches of nodes that don't work in an exercise, and why; `null` when all do. */
export function forbiddenSwitches(exercise: CatalogExercise): ExerciseView['forbids'] {
  const { forbids } = exercise.definition;
  return forbids === undefined
    ? null
    : { switches: forbids, reason: inBoth(exercise, (texts) => texts.forbids) };
}

/** Hints in order, all of them: how many the learner may see is not the catalogue's question. */
export function hintsOf(exercise: CatalogExercise): LocalizedText[] {
  return exercise.texts.ko.hints.map((_hint, index) => inBoth(exercise, (texts) => texts.hints[index]));
}

function questionView(exercise: CatalogExercise, check: Check): QuestionView | null {
  if (check.kind === 'state') return null;
  const { input } = check;
  if (input.type !== 'choice') return input;
  const options = input.options.map((id) => ({
    id,
    text: inBoth(exercise, (texts) => texts.options[check.id]?.[id]),
  }));
  return { type: 'choice', options };
}

function inBoth(
  exercise: CatalogExercise,
  pick: (texts: CatalogExercise['texts']['ko']) => string | undefined,
): LocalizedText {
  // The loader has seen to it that both languages have the same texts.
  return { ko: pick(exercise.texts.ko) ?? '', en: pick(exercise.texts.en) ?? '' };
}
