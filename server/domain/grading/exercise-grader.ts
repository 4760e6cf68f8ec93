import type { ExerciseVerdict } from '#contract/api.ts';
import type { CheckContext, ExerciseStart } from '#contract/check.ts';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import { LabError } from '../lab-error.ts';
import { evaluateAnswer, evaluateExercise, type GradingState } from './evaluate-exercise.ts';
import type { Exercise } from './exercise.ts';
import { type KeptAnswer, keptAnswer, outcomeOf } from './kept-answer.ts';
import type { LabWatch } from './lab-watch.ts';
import { checkVerdict, type OnProblem, type Outcome } from './outcome.ts';

export interface ExerciseGraderOptions {
  readonly exercise: Exercise;
  readonly watch: LabWatch;
  readonly start: ExerciseStart;
  readonly generation: number;
  /** When the learner passed it before, in this lab or an earlier one. */
  readonly completedAtMs: number | null;
  /** Questions that were answered rightly in this generation of the lab, by check. */
  readonly rightAnswers: Readonly<Record<string, KeptAnswer | string>>;
  /** Called with every verdict that differs from the one before. */
  readonly onVerdict: (verdict: ExerciseVerdict) => void;
  /** The answers that count as right have changed: keep them with the exercise's start. */
  readonly onRightAnswers?: (rightAnswers: Readonly<Record<string, KeptAnswer | string>>) => void;
  readonly onProblem: OnProblem;
}

/** Grades one exercise by what a watch sees, as long as the learner is at it. The owner disposes it. */
export class ExerciseGrader implements Disposable {
  readonly #options: ExerciseGraderOptions;
  readonly #subscription: Disposable;
  readonly #rightAnswers = new Map<string, KeptAnswer | string>();
  #state: GradingState;
  #outcomes: readonly Outcome[] = [];
  #verdict: ExerciseVerdict | null = null;
  #completedAtMs: number | null;
  #steadyTimer: NodeJS.Timeout | undefined;

  constructor(options: ExerciseGraderOptions) {
    this.#options = options;
    this.#completedAtMs = options.completedAtMs;
    const answered = new Map<string, Outcome>();
    for (const [check, answer] of Object.entries(options.rightAnswers)) {
      this.#rightAnswers.set(check, answer);
      answered.set(check, outcomeOf(check, answer));
    }
    this.#state = { metSinceMs: new Map(), answered };
    this.#subscription = options.watch.onLook((snapshot) => this.#evaluate(snapshot));
    if (options.watch.latest !== null) this.#evaluate(options.watch.latest);
  }

  /** `null` before the first look at the swarm. */
  get verdict(): ExerciseVerdict | null {
    return this.#verdict;
  }

  get outcomes(): readonly Outcome[] {
    return this.#outcomes;
  }

  /** Looks at the swarm now. */
  async check(): Promise<ExerciseVerdict> {
    await this.#options.watch.refresh();
    return this.#current();
  }

  /** Compares an answer with the swarm of this moment. @throws {LabError} EXERCISE_UNKNOWN for a check that asks nothing */
  async answer(checkId: string, typed: string): Promise<ExerciseVerdict> {
    const { exercise, watch, onProblem, onRightAnswers } = this.#options;
    const check = exercise.checks.find((candidate) => candidate.id === checkId);
    if (check?.kind !== 'question') {
      throw new LabError('EXERCISE_UNKNOWN', `${exercise.id} asks no question "${checkId}"`);
    }
    const snapshot = await watch.refresh();
    const outcome = evaluateAnswer(exercise, check, typed, this.#context(snapshot), onProblem);
    this.#state = { ...this.#state, answered: new Map(this.#state.answered).set(check.id, outcome) };
    if (outcome.verdict === 'passed') this.#rightAnswers.set(check.id, keptAnswer(typed, outcome));
    else this.#rightAnswers.delete(check.id);
    onRightAnswers?.(Object.fromEntries(this.#rightAnswers));
    this.#evaluate(snapshot);
    return this.#current();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#steadyTimer);
    this.#subscription[Symbol.dispose]();
  }

  #current(): ExerciseVerdict {
    if (this.#verdict === null)
      throw new LabError('LAB_NODE_UNREACHABLE', 'nothing has been seen of the lab yet');
    return this.#verdict;
  }

  #context(snapshot: LabSnapshot): CheckContext {
    const { watch, start } = this.#options;
    return { snapshot, history: watch.history, start, nowMs: Date.now() };
  }

  #evaluate(snapshot: LabSnapshot): void {
    const { exercise, generation, onProblem, onVerdict } = this.#options;
    const context = this.#context(snapshot);
    const evaluation = evaluateExercise(exercise, context, this.#state, onProblem);
    this.#state = evaluation.state;
    this.#outcomes = evaluation.outcomes;
    this.#lookAgainWhenDue(evaluation.dueAtMs);
    const passed = evaluation.outcomes.every((outcome) => outcome.verdict === 'passed');
    if (passed) this.#completedAtMs ??= context.nowMs;
    const verdict: ExerciseVerdict = {
      exercise: exercise.id,
      passed,
      completedAtMs: this.#completedAtMs,
      checks: evaluation.outcomes.map(checkVerdict),
      evaluatedAtMs: context.nowMs,
      generation,
    };
    const isNew = this.#verdict === null || !sameVerdict(this.#verdict, verdict);
    this.#verdict = verdict;
    if (isNew) onVerdict(verdict);
  }

  /** A state that must last is judged again when its time is over, also where nothing changes any more. */
  #lookAgainWhenDue(dueAtMs: number | null): void {
    clearTimeout(this.#steadyTimer);
    if (dueAtMs === null) return;
    const again = (): void => void this.#options.watch.refresh().catch(() => {});
    this.#steadyTimer = setTimeout(again, Math.max(dueAtMs - Date.now(), 0));
  }
}

function sameVerdict(one: ExerciseVerdict, other: ExerciseVerdict): boolean {
  return JSON.stringify({ ...one, evaluatedAtMs: 0 }) === JSON.stringify({ ...other, evaluatedAtMs: 0 });
}
