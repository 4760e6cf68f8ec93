import { computed, effect, signal } from '@preact/signals';
import type { StartComparison } from '#contract/api.ts';
import * as api from '../api-client/lab-api.ts';
import { type LabProblem, problemFrom } from '../api-client/lab-problem.ts';
import type { ExerciseController } from './exercise-controller.ts';
import type { LabController } from './lab-controller.ts';
import { RateLimited } from './rate-limited.ts';
import { readBegun, writeBegun } from './view-memory.ts';

const COMPARE_AGAIN_MS = 8_000;

/** Whether the swarm is where the exercise in front begins, and the way to bring it there. */
export class ExerciseStart {
  readonly comparison = computed(() => {
    const known = this.#known.value;
    return known?.occasion === this.#occasion.value ? known.comparison : null;
  });
  readonly problem = signal<LabProblem | null>(null);
  /** A difference is worth a word only until the learner has begun. */
  readonly isOffered = computed(() => {
    const verdict = this.comparison.value?.verdict;
    return verdict !== undefined && verdict !== 'same' && !this.#isUnderWay.value;
  });
  readonly canPrepare = computed(() => {
    const state = this.#lab.state.value;
    return (state === 'ready' || state === 'failed') && this.#lab.work.value === null;
  });

  readonly #lab: LabController;
  readonly #exercises: ExerciseController;
  readonly #known = signal<{ occasion: string; comparison: StartComparison } | null>(null);
  readonly #begun = signal(readBegun());
  readonly #again = new RateLimited<number>(COMPARE_AGAIN_MS, () => void this.compare());
  readonly #stops: (() => void)[];
  #asked = '';
  /** The verdict that was known at the last comparison. */
  #judgedAtMs = 0;

  /** This exercise in this generation of this lab; empty while there is nothing to compare. */
  readonly #occasion = computed(() => {
    const session = this.#lab.session.value;
    const exercise = this.#exercises.current.value;
    if (!session || !exercise || exercise.lab !== session.lab || session.status.state !== 'ready') return '';
    return `${session.id} ${session.generation} ${exercise.id}`;
  });
  readonly #isUnderWay = computed(
    () => this.#begun.value.includes(this.#occasion.value) || this.#exercises.completedAtMs.value !== null,
  );

  constructor(lab: LabController, exercises: ExerciseController) {
    this.#lab = lab;
    this.#exercises = exercises;
    this.#stops = [
      effect(() => {
        const occasion = this.#occasion.value;
        if (occasion === '' || occasion === this.#asked || this.#isUnderWay.value) return;
        if (!this.#exercises.isGraded.value) return;
        this.#asked = occasion;
        queueMicrotask(() => void this.compare());
      }),
      // Whoever gets there by hand needs no offer any more.
      effect(() => {
        const verdict = this.#exercises.verdict.value;
        if (!verdict || !this.isOffered.value || verdict.evaluatedAtMs === this.#judgedAtMs) return;
        this.#again.push(verdict.evaluatedAtMs);
      }),
    ];
  }

  /** Asks how the swarm differs from where the exercise begins. */
  async compare(): Promise<void> {
    const occasion = this.#occasion.value;
    const session = this.#lab.session.value;
    const exercise = this.#exercises.current.value;
    if (occasion === '' || !session || !exercise) return;
    this.#judgedAtMs = this.#exercises.verdict.peek()?.evaluatedAtMs ?? 0;
    try {
      const comparison = await api.fetchStart(session.id, exercise.id);
      this.#known.value = { occasion, comparison };
      this.problem.value = null;
      if (comparison.verdict === 'same') this.#begin(occasion);
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    }
  }

  /** The learner goes on with the swarm as it is. */
  dismiss(): void {
    this.#begin(this.#occasion.value);
  }

  async prepare(): Promise<void> {
    const exercise = this.#lab.preparing.value ?? this.#exercises.current.value?.id;
    if (exercise) await this.#lab.prepare(exercise);
  }

  dispose(): void {
    this.#again.stop();
    for (const stop of this.#stops) stop();
  }

  #begin(occasion: string): void {
    if (occasion === '') return;
    writeBegun(occasion);
    this.#begun.value = [...this.#begun.peek(), occasion];
  }
}
