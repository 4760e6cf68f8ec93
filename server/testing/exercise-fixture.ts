import type { Check, StateCheck } from '#contract/check.ts';
import type { ExerciseText } from '#contract/definitions.ts';
import { type Exercise, GRADER_MESSAGES } from '../domain/grading/exercise.ts';

/** An exercise around a few checks, with short texts for every message that tests use. */
export function exerciseOf(
  checks: readonly Check[],
  id = '14.1-fixture',
  startChecks: readonly StateCheck[] = [],
): Exercise {
  const grader = Object.fromEntries(GRADER_MESSAGES.map((message) => [message, message]));
  const text = (messages: Record<string, string>): ExerciseText => ({
    title: 'title',
    goal: 'goal',
    checks: Object.fromEntries(checks.map((check) => [check.id, `Title of ${check.id}`])),
    messages: { ...grader, 'needs-earlier': 'First {check}.', ...messages },
    options: {},
    hints: [],
  });
  return {
    id,
    revision: 1,
    checks,
    startChecks,
    texts: {
      ko: text({ wrong: '아니에요.', count: '{n}개예요.', 'steady-wait': '{seconds}초 더.' }),
      en: text({ wrong: 'No.', count: 'There are {n}.', 'steady-wait': '{seconds} s more.' }),
    },
  };
}
