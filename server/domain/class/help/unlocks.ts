import type { Unlocked, UnlockRequest } from '#contract/class-help.ts';
import type { CohortId, LearnerId } from '#contract/ids.ts';
import { LabError } from '../../lab-error.ts';
import type { Cohort } from '../class-stores.ts';
import type { Cohorts } from '../cohorts.ts';
import type { ChannelLearner } from './class-channel.ts';
import type { UnlockStore } from './help-stores.ts';

export interface UnlocksParts {
  readonly store: UnlockStore;
  readonly cohorts: Pick<Cohorts, 'ofLearner' | 'learner'>;
  /** How many hints an exercise has; `null` for none of the course. */
  readonly hintsOf: (exercise: string) => number | null;
  /** `null`: for everybody in the cohort. */
  readonly onChange: (cohortId: CohortId, learnerId: LearnerId | null) => void;
}

const NOTHING = { hints: 0, solution: false };

/**
 * Hints and solutions that instructors open. A hint that is unlocked shows without being asked for, together with those
 * before it, and does not count as asked for. A solution that is unlocked may be opened where the class keeps solutions
 * closed; that somebody opened it is written down as ever.
 */
export class Unlocks {
  readonly #parts: UnlocksParts;

  constructor(parts: UnlocksParts) {
    this.#parts = parts;
  }

  /** @throws {LabError} EXERCISE_UNKNOWN, HINT_UNKNOWN, LEARNER_UNKNOWN */
  set(cohort: Cohort, { learner, ...unlocked }: UnlockRequest): void {
    const { store, cohorts, hintsOf, onChange } = this.#parts;
    const { exercise, hints } = unlocked;
    const most = hintsOf(exercise);
    if (most === null) throw new LabError('EXERCISE_UNKNOWN', `no exercise ${exercise}`);
    const params = { hints: most };
    if (hints > most) throw new LabError('HINT_UNKNOWN', `${exercise} has ${most} hints`, { params });
    if (learner === null) store.setForCohort(cohort.id, unlocked);
    else store.setForLearner(cohorts.learner(cohort, learner).id, unlocked);
    onChange(cohort.id, learner);
  }

  /** For a learner: what is unlocked for all and for them alone, taken together. */
  of({ id, cohortId }: ChannelLearner): Unlocked[] {
    const { store } = this.#parts;
    const all = new Map<string, Unlocked>();
    for (const one of [...store.ofCohort(cohortId), ...store.ofLearner(id)]) {
      const { hints, solution } = all.get(one.exercise) ?? NOTHING;
      all.set(one.exercise, {
        exercise: one.exercise,
        hints: Math.max(hints, one.hints),
        solution: solution || one.solution,
      });
    }
    return [...all.values()];
  }

  /** Hints of an exercise that a learner sees without asking. */
  hintsGiven(learnerId: LearnerId, exercise: string): number {
    return this.#ofExercise(learnerId, exercise).hints;
  }

  /** Whether a learner may open the solution: always without a class, and where the class lets them. */
  isSolutionOpen(learnerId: LearnerId, exercise: string): boolean {
    const cohort = this.#parts.cohorts.ofLearner(learnerId);
    if (cohort === null || cohort.policies.solutionsOpen) return true;
    return this.#ofExercise(learnerId, exercise).solution;
  }

  ofCohort(cohortId: CohortId): {
    readonly unlocked: Unlocked[];
    readonly ofLearners: (Unlocked & { readonly learner: LearnerId })[];
  } {
    const { store } = this.#parts;
    return { unlocked: store.ofCohort(cohortId), ofLearners: store.ofLearners(cohortId) };
  }

  #ofExercise(learnerId: LearnerId, exercise: string): Pick<Unlocked, 'hints' | 'solution'> {
    const cohort = this.#parts.cohorts.ofLearner(learnerId);
    if (cohort === null) return NOTHING;
    const unlocked = this.of({ id: learnerId, cohortId: cohort.id });
    return unlocked.find((one) => one.exercise === exercise) ?? NOTHING;
  }
}
