import type { CatalogExercise, LabSessionView, Progress } from '#contract/api.ts';

export type ExerciseState = 'todo' | 'active' | 'passed';

/** Where the learner stands in each exercise of this lesson. */
export function exerciseStates(
  exercises: readonly CatalogExercise[],
  progress: Progress | null,
  session: LabSessionView | null,
): Readonly<Record<string, ExerciseState>> {
  const stateOf = (id: string): ExerciseState => {
    if ((progress?.exercises[id]?.completedAtMs ?? null) !== null) return 'passed';
    return session?.activeExercise === id ? 'active' : 'todo';
  };
  return Object.fromEntries(exercises.map(({ id }) => [id, stateOf(id)]));
}

/** The exercise to show on arrival: the one last looked at, the one being graded, else the first not yet passed. */
export function firstChoice(
  exercises: readonly CatalogExercise[],
  states: Readonly<Record<string, ExerciseState>>,
  remembered: string | null,
  active: string | null,
): string | null {
  const has = (id: string | null): id is string => exercises.some((exercise) => exercise.id === id);
  if (has(remembered)) return remembered;
  if (has(active)) return active;
  const open = exercises.find(({ id, extra }) => states[id] !== 'passed' && !extra);
  return (open ?? exercises[0])?.id ?? null;
}

/**
 * The exercise to begin with when the page opens and the learner's labs are known: it decides which of the lesson's
 * labs is shown. An exercise under way in any of them comes before one that was not begun.
 */
export function exerciseOnArrival(
  exercises: readonly CatalogExercise[],
  progress: Progress | null,
  remembered: string | null,
  sessions: readonly LabSessionView[],
): CatalogExercise | null {
  const underWay = sessions.find(({ lab, activeExercise }) =>
    exercises.some((exercise) => exercise.id === activeExercise && exercise.lab === lab),
  );
  const states = exerciseStates(exercises, progress, null);
  const id = firstChoice(exercises, states, remembered, underWay?.activeExercise ?? null);
  return exercises.find((exercise) => exercise.id === id) ?? null;
}

/** The next exercise of the lesson that is still to be done, in order, starting after `id`. */
export function nextOpen(
  exercises: readonly CatalogExercise[],
  states: Readonly<Record<string, ExerciseState>>,
  id: string,
): CatalogExercise | null {
  const position = exercises.findIndex((exercise) => exercise.id === id);
  const inOrder = [...exercises.slice(position + 1), ...exercises.slice(0, position)];
  return inOrder.find((exercise) => states[exercise.id] !== 'passed' && !exercise.extra) ?? null;
}
