import type { StartComparison } from '#contract/api.ts';
import type { CheckContext } from '#contract/check.ts';
import { evaluateExercise, NOTHING_GRADED } from './evaluate-exercise.ts';
import type { Exercise } from './exercise.ts';
import type { OnProblem, Outcome } from './outcome.ts';

/** What each check of an exercise's start says of this swarm. */
export function startOutcomes(
  exercise: Exercise,
  context: CheckContext,
  onProblem: OnProblem,
): readonly Outcome[] {
  const atStart = { ...exercise, checks: exercise.startChecks };
  return evaluateExercise(atStart, context, NOTHING_GRADED, onProblem).outcomes;
}

/** How this swarm differs from where the exercise begins, each difference once. */
export function compareStart(
  exercise: Exercise,
  context: CheckContext,
  onProblem: OnProblem,
): StartComparison {
  const open = startOutcomes(exercise, context, onProblem).filter(({ verdict }) => verdict !== 'passed');
  const differences = open.flatMap(({ message, waitsFor }) =>
    // What waits for another difference is none of its own.
    message === null || waitsFor !== null ? [] : [message],
  );
  const unlike = differences.filter(
    (message, index) => differences.findIndex((other) => other.en === message.en) === index,
  );
  const isErrored = open.some(({ verdict }) => verdict === 'errored');
  const verdict = isErrored ? 'errored' : open.length > 0 ? 'differs' : 'same';
  return { exercise: exercise.id, verdict, differences: unlike };
}
