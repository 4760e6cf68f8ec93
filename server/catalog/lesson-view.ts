import type {
  CatalogLesson,
  CatalogExercise as ExerciseView,
  CatalogLab as LabView,
  QuestionView,
} from '#contract/api.ts';
import type { Check } from '#contract/check.ts';
import type { UnlockableExercises } from '#contract/class-help.ts';
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

/** What instructors can unlock, in the order of the course. */
export function unlockableExercises(catalog: Catalog): UnlockableExercises['exercises'] {
  return catalog.exercises().map((exercise) => ({
    id: exercise.id,
    lesson: exercise.lesson,
    title: inBoth(exercise, (texts) => texts.title),
    hints: exercise.definition.hints,
  }));
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
