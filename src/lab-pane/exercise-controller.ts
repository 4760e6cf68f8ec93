import { computed, effect, signal } from '@preact/signals';
import type { CatalogExercise, HintsResponse } from '#contract/api.ts';
import type { LocalizedText } from '#contract/language.ts';
import * as api from '../api-client/lab-api.ts';
import { type LabProblem, problemFrom } from '../api-client/lab-problem.ts';
import { unlockedOf } from '../class-channel/class-channel.ts';
import { exerciseStates, firstChoice, nextOpen } from './exercise-progress.ts';
import type { LabController } from './lab-controller.ts';
import type { PaneSettings } from './pane-settings.ts';

export interface ShownHints {
  readonly exercise: string;
  readonly hints: readonly LocalizedText[];
  readonly total: number;
  /** How many of them an instructor has unlocked. */
  readonly given: number;
}

/** The exercise in front: which one, how it stands, and what helps. */
export class ExerciseController {
  readonly list = computed(() => this.#lab.lesson.value?.exercises ?? []);
  readonly states = computed(() =>
    exerciseStates(this.list.value, this.#lab.model.value.progress, this.#lab.session.value),
  );
  readonly current = computed<CatalogExercise | null>(() => {
    const active = this.#lab.session.value?.activeExercise ?? null;
    const id = firstChoice(this.list.value, this.states.value, this.#settings.exercise.value, active);
    return this.list.value.find((exercise) => exercise.id === id) ?? null;
  });
  readonly verdict = computed(() => {
    const id = this.current.value?.id;
    return id === undefined ? null : (this.#lab.model.value.verdicts[id] ?? null);
  });
  readonly completedAtMs = computed(() => {
    const id = this.current.value?.id ?? '';
    return (
      this.verdict.value?.completedAtMs ??
      this.#lab.model.value.progress?.exercises[id]?.completedAtMs ??
      null
    );
  });
  readonly next = computed(() => {
    const current = this.current.value;
    return current ? nextOpen(this.list.value, this.states.value, current.id) : null;
  });
  /** False while the server grades another exercise of this lab than the one in front. */
  readonly isGraded = computed(
    () => this.#lab.session.value?.activeExercise === (this.current.value?.id ?? null),
  );

  readonly checking = signal(false);
  readonly answering = signal<string | null>(null);
  readonly problem = signal<LabProblem | null>(null);
  readonly hints = signal<ShownHints | null>(null);
  readonly solution = signal<{ readonly exercise: string; readonly script: string } | null>(null);

  readonly #lab: LabController;
  readonly #settings: PaneSettings;
  readonly #stops: (() => void)[];
  #settled = '';

  constructor(lab: LabController, settings: PaneSettings) {
    this.#lab = lab;
    this.#settings = settings;
    this.#stops = [effect(() => this.#settle()), effect(() => this.#loadHints())];
  }

  /** Shows an exercise with its lab and makes it the graded one. False for an exercise of another lesson. */
  choose(id: string): boolean {
    const exercise = this.list.value.find((candidate) => candidate.id === id);
    if (!exercise) return false;
    this.#settings.exercise.value = id;
    this.problem.value = null;
    // In another lab the exercise is activated on arrival.
    if (exercise.lab === this.#lab.labId.value) void this.activate();
    else void this.#lab.enter(exercise.lab);
    return true;
  }

  async activate(): Promise<void> {
    const id = this.current.value?.id;
    const session = this.#lab.session.value;
    if (!id || !session || !this.#lab.isReady.value || session.activeExercise === id) return;
    await this.#attempt(() => api.activateExercise(session.id, id));
  }

  async check(): Promise<void> {
    const session = this.#lab.session.value;
    if (!session || this.checking.value) return;
    this.checking.value = true;
    await this.#attempt(async () =>
      this.#lab.apply({ type: 'verdict', verdict: await api.checkExercise(session.id) }),
    );
    this.checking.value = false;
  }

  /** The problem that kept the answer from being judged; `null` when there is a verdict. */
  async answer(check: string, answer: string): Promise<LabProblem | null> {
    const session = this.#lab.session.value;
    if (!session || this.answering.value) return null;
    this.answering.value = check;
    try {
      const verdict = await api.sendAnswer(session.id, check, answer);
      this.#lab.apply({ type: 'verdict', verdict });
      return null;
    } catch (fault) {
      return problemFrom(fault);
    } finally {
      this.answering.value = null;
    }
  }

  async showHint(): Promise<void> {
    const id = this.current.value?.id;
    if (id) await this.#attempt(async () => this.#keepHints(id, await api.showNextHint(id)));
  }

  async showSolution(): Promise<void> {
    const id = this.current.value?.id;
    if (!id) return;
    await this.#attempt(async () => {
      const { script } = await api.showSolution(id);
      this.solution.value = { exercise: id, script };
    });
  }

  hideSolution(): void {
    this.solution.value = null;
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }

  /** On arrival in a running lab, the exercise in front becomes the graded one; later only the learner decides. */
  #settle(): void {
    const session = this.#lab.session.value;
    const current = this.current.value;
    if (!session || !current || session.status.state !== 'ready' || current.lab !== session.lab) return;
    if (this.#settled === session.id && session.activeExercise !== null) return;
    this.#settled = session.id;
    this.#settings.exercise.value = current.id;
    void this.activate();
  }

  #loadHints(): void {
    const id = this.current.value?.id;
    if (!id || this.#lab.signIn.value !== 'in') return;
    const given = unlockedOf(id).hints;
    const known = this.hints.peek();
    if (known?.exercise === id && known.given === given) return;
    if (known?.exercise !== id) {
      this.hints.value = null;
      this.solution.value = null;
    }
    void this.#attempt(async () => this.#keepHints(id, await api.fetchHints(id)));
  }

  #keepHints(exercise: string, response: HintsResponse): void {
    if (this.current.value?.id === exercise) this.hints.value = { exercise, ...response };
  }

  async #attempt(run: () => Promise<void>): Promise<void> {
    try {
      await run();
      this.problem.value = null;
    } catch (fault) {
      this.problem.value = problemFrom(fault);
    }
  }
}
