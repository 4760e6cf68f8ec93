import type { CheckVerdict, ExerciseVerdict, NodeStatus } from '#contract/api.ts';
import type { CatalogExercise } from '../../server/catalog/catalog.ts';
import type { LabSession } from '../../server/domain/lab-session.ts';
import type { GradedSession } from '../../server/domain/session-grading.ts';
import type { Attempt, ProgressStore } from '../../server/domain/stores.ts';
import { FakeGrading } from '../../server/testing/fake-grading.ts';

/**
 * The grading of a lab that was never started: what it sees is made up, what it tells is not. Every word goes the way
 * that a real one goes.
 */
export class SimulatedLab extends FakeGrading {
  readonly #exerciseOf: (id: string) => CatalogExercise | null;
  readonly #progress: ProgressStore;
  /** Checks of the active exercise that are met. */
  met = 0;

  constructor(
    session: GradedSession,
    parts: { readonly exerciseOf: (id: string) => CatalogExercise | null; readonly progress: ProgressStore },
  ) {
    super(session);
    this.#exerciseOf = parts.exerciseOf;
    this.#progress = parts.progress;
  }

  get exercise(): CatalogExercise | null {
    return this.#exerciseOf(this.activated.at(-1) ?? '');
  }

  override async activate(exerciseId: string): Promise<void> {
    await super.activate(exerciseId);
    this.met = 0;
    this.tell();
  }

  override verdict(): ExerciseVerdict | null {
    const { exercise } = this;
    if (exercise === null) return null;
    const { learnerId, generation } = this.session;
    const passed = this.met >= exercise.checks.length;
    return {
      exercise: exercise.id,
      passed,
      completedAtMs: passed ? Date.now() : this.#progress.completedAtMs(learnerId, exercise.id),
      checks: exercise.checks.map((check, index): CheckVerdict => this.#checkVerdict(check.id, index)),
      evaluatedAtMs: Date.now(),
      generation,
    };
  }

  tell(): void {
    const verdict = this.verdict();
    if (verdict !== null) this.session.onVerdict(verdict);
  }

  /** Puts a grading on record, as the button or the first pass does. */
  attempt(trigger: Attempt['trigger']): void {
    const verdict = this.verdict();
    const { learnerId, labSessionId } = this.session;
    if (verdict === null) return;
    const exerciseRevision = this.exercise?.revision ?? 0;
    const exerciseId = verdict.exercise;
    const attempt = { learnerId, exerciseId, exerciseRevision, labSessionId, trigger, verdict };
    this.#progress.record({ ...attempt, atMs: verdict.evaluatedAtMs });
    this.session.onAttempt({ ...attempt, atMs: verdict.evaluatedAtMs });
  }

  /** @param down names of nodes that its cluster does not hear */
  tellNodes(session: LabSession, down: readonly string[]): void {
    const nodes = session.definition.nodes.map(
      ({ name }, index): NodeStatus => ({
        name,
        role: index === 0 ? 'leader' : index < 3 ? 'manager' : 'worker',
        availability: 'active',
        state: down.includes(name) ? 'down' : 'ready',
      }),
    );
    this.shown = { ...this.shown, nodes };
    this.session.onNodes(nodes);
  }

  #checkVerdict(id: string, index: number): CheckVerdict {
    const isMet = index < this.met;
    const words = {
      ko: '서비스 `web`의 레플리카가 6개 가운데 4개만 실행 중이에요. `docker service ps web`으로 이유를 찾아보세요.',
      en: '4 of 6 replicas of service `web` are running. Look for the reason with `docker service ps web`.',
    };
    return {
      id,
      verdict: isMet ? 'passed' : 'failed',
      message: isMet ? null : words,
      provenAtMs: null,
      waitsFor: null,
      seen: null,
    };
  }
}
