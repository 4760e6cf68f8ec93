import type { CheckContext } from '#contract/check.ts';
import { evaluateAnswer } from '../domain/grading/evaluate-exercise.ts';
import { courseCatalog, throwProblem } from './recordings.ts';

/** What an answer to a question gets: `passed`, or the message. */
export async function answerTo(
  exerciseId: string,
  check: string,
  typed: string,
  context: CheckContext,
): Promise<string> {
  const exercise = (await courseCatalog()).exercise(exerciseId);
  const question = exercise?.checks.find((candidate) => candidate.id === check);
  if (!exercise || question?.kind !== 'question') throw new Error(`no question ${check}`);
  const outcome = evaluateAnswer(exercise, question, typed, context, throwProblem);
  return outcome.verdict === 'passed' ? 'passed' : (outcome.messageId ?? outcome.verdict);
}
