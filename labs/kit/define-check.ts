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
