import type { QuestionCheck } from '#contract/check.ts';
import { questionCheck } from './define-check.ts';
import { failed } from './results.ts';

interface QuizDefinition<O extends string> {
  /** Option id → message id of the reason why it is right or wrong, in the order shown. */
  readonly options: Readonly<Record<O, string>>;
  readonly right: NoInfer<O>;
  readonly needs?: readonly string[];
}

/** A question of theory: the answer does not depend on the swarm, and each option has its reason. */
export function quizCheck<const O extends string>(
  id: string,
  { options, right, needs }: QuizDefinition<O>,
): QuestionCheck {
  return questionCheck<string, { type: 'choice'; options: string[] }>(id, {
    messages: Object.values<string>(options),
    ...(needs === undefined ? {} : { needs }),
    input: { type: 'choice', options: Object.keys(options) },
    evaluate: (answer) => {
      const reason = options[answer as O];
      return answer === right ? { verdict: 'passed', message: reason } : failed(reason, {}, { answer });
    },
  });
}
