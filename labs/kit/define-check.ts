import type { CheckContext, CheckResult, QuestionCheck, QuestionInput, StateCheck } from '#contract/check.ts';

interface StateCheckDefinition<M extends string> {
  readonly messages: readonly M[];
  readonly needs?: readonly string[];
  readonly steadyMs?: number;
  evaluate(context: CheckContext): CheckResult<NoInfer<M>>;
}

/** A check of swarm state. The compiler holds `evaluate` to the declared messages. */
export function stateCheck<const M extends string>(
  id: string,
  definition: StateCheckDefinition<M>,
): StateCheck<M> {
  return { kind: 'state', id, ...definition };
}

interface QuestionCheckDefinition<M extends string, I extends QuestionInput> {
  readonly messages: readonly M[];
  readonly needs?: readonly string[];
  readonly input: I;
  evaluate(answer: string, context: CheckContext): CheckResult<NoInfer<M>>;
}

/** A live question about the learner's own swarm. */
export function questionCheck<const M extends string, const I extends QuestionInput>(
  id: string,
  definition: QuestionCheckDefinition<M, I>,
): QuestionCheck<M> {
  return { kind: 'question', id, ...definition };
}

interface QuizDefinition<O extends string, M extends string> {
  /** Option → the message that tells why it is right or wrong. The learner sees the options in this order. */
  readonly reasons: Readonly<Record<O, M>>;
  readonly right: NoInfer<O>;
  readonly needs?: readonly string[];
}

/** A question about theory: no swarm is asked, and every option has its reason. */
export function quizCheck<const O extends string, const M extends string>(
  id: string,
  { reasons, right, needs }: QuizDefinition<O, M>,
): QuestionCheck<M> {
  return {
    kind: 'question',
    id,
    messages: [...new Set(Object.values<M>(reasons))],
    ...(needs === undefined ? {} : { needs }),
    input: { type: 'choice', options: Object.keys(reasons) },
    evaluate: (answer) => {
      const message = reasons[answer as O];
      return answer === right
        ? { verdict: 'passed', message, seen: { answer } }
        : { verdict: 'failed', message, seen: { answer } };
    },
  };
}
