import type { CheckContext, QuestionCheck, StateCheck } from '#contract/check.ts';
import type { Exercise } from './exercise.ts';
import { normalizeAnswer } from './normalize-answer.ts';
import { type OnProblem, type Outcome, OutcomeWriter } from './outcome.ts';

/** What an evaluation carries over to the next one. */
export interface GradingState {
  /** Since when each check with `steadyMs` has been met without a break, by check. */
  readonly metSinceMs: ReadonlyMap<string, number>;
  /** Results of the questions answered so far, by check. */
  readonly answered: ReadonlyMap<string, Outcome>;
}

export const NOTHING_GRADED: GradingState = { metSinceMs: new Map(), answered: new Map() };

export interface Evaluation {
  readonly outcomes: readonly Outcome[];
  readonly state: GradingState;
  /** When a check that must stay met for a while is due; `null` when none is waiting. */
  readonly dueAtMs: number | null;
}

/** Judges every check in order. Pure but for reports to `onProblem`. */
export function evaluateExercise(
  exercise: Exercise,
  context: CheckContext,
  state: GradingState,
  onProblem: OnProblem,
): Evaluation {
  const writer = new OutcomeWriter(exercise, onProblem);
  const outcomes: Outcome[] = [];
  const metSinceMs = new Map<string, number>();
  const due: number[] = [];
  for (const check of exercise.checks) {
    const blocked = blockedBy(check.needs, outcomes);
    if (check.kind === 'question') {
      outcomes.push(state.answered.get(check.id) ?? unanswered(writer, check, blocked));
    } else if (blocked !== null) {
      outcomes.push(waitingFor(writer, check, blocked));
    } else {
      const outcome = writer.guarded(check, () => check.evaluate(context));
      const steady = outcome.verdict === 'passed' ? steadiness(check, state, context.nowMs) : null;
      if (steady !== null) metSinceMs.set(check.id, steady.sinceMs);
      if (steady !== null && steady.dueAtMs > context.nowMs) due.push(steady.dueAtMs);
      outcomes.push(
        steady === null ? outcome : steadyOutcome(writer, outcome, steady.dueAtMs - context.nowMs),
      );
    }
  }
  const dueAtMs = due.length === 0 ? null : Math.min(...due);
  return { outcomes, state: { ...state, metSinceMs }, dueAtMs };
}

/** Judges an answer by the swarm of this moment. An answer of the wrong form fails with words that help. */
export function evaluateAnswer(
  exercise: Exercise,
  check: QuestionCheck,
  typed: string,
  context: CheckContext,
  onProblem: OnProblem,
): Outcome {
  const writer = new OutcomeWriter(exercise, onProblem);
  const normalized = normalizeAnswer(check.input, typed);
  if (!normalized.ok) {
    return writer.write(check.id, {
      verdict: 'failed',
      message: normalized.message,
      values: normalized.values,
    });
  }
  return writer.guarded(check, () => check.evaluate(normalized.answer, context));
}

/** The first check that must pass before and has not. */
function blockedBy(needs: readonly string[] | undefined, outcomes: readonly Outcome[]): Outcome | null {
  for (const need of needs ?? []) {
    const outcome = outcomes.find((candidate) => candidate.id === need);
    if (outcome !== undefined && outcome.verdict !== 'passed') return outcome;
  }
  return null;
}

/** Where the earlier check can't tell, this one can't either: it is no fault of the learner. */
function waitingFor(writer: OutcomeWriter, check: StateCheck | QuestionCheck, blocked: Outcome): Outcome {
  return blocked.verdict === 'errored'
    ? { ...blocked, id: check.id, waitsFor: blocked.id }
    : writer.needsEarlier(check, blocked.id);
}

function unanswered(writer: OutcomeWriter, check: QuestionCheck, blocked: Outcome | null): Outcome {
  if (blocked !== null) return waitingFor(writer, check, blocked);
  return writer.write(check.id, { verdict: 'pending', message: 'not-answered' });
}

function steadiness(
  check: StateCheck,
  state: GradingState,
  nowMs: number,
): { readonly sinceMs: number; readonly dueAtMs: number } | null {
  if (check.steadyMs === undefined) return null;
  const sinceMs = state.metSinceMs.get(check.id) ?? nowMs;
  return { sinceMs, dueAtMs: sinceMs + check.steadyMs };
}

function steadyOutcome(writer: OutcomeWriter, outcome: Outcome, remainingMs: number): Outcome {
  if (remainingMs <= 0) return outcome;
  const values = { seconds: Math.ceil(remainingMs / 1000) };
  const waiting = writer.write(outcome.id, { verdict: 'pending', message: 'steady-wait', values });
  return { ...waiting, seen: outcome.seen };
}
