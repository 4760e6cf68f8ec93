import type { CohortHelpEvent, LearnerClassEvent } from '#contract/class-help.ts';
import type { CohortId, LearnerId } from '#contract/ids.ts';
import type { Enrolment } from '../class-stores.ts';
import { Audience, type Parts } from './audience.ts';

/** A learner of a cohort, as parts of the channel are made for. */
export type ChannelLearner = Pick<Enrolment, 'id' | 'cohortId'>;

/**
 * What pages of a class hear at once: of each learner, and of the instructors of each cohort. It is made of parts, each
 * with a type of event that carries the whole of it. Whoever connects gets every part; whoever changes something says
 * which part is to be told again.
 */
export class ClassChannel {
  readonly #learners: Audience<ChannelLearner, LearnerClassEvent>;
  readonly #instructors: Audience<CohortId, CohortHelpEvent>;

  constructor(parts: {
    readonly ofLearner: Parts<ChannelLearner, LearnerClassEvent>;
    readonly ofCohort: Parts<CohortId, CohortHelpEvent>;
  }) {
    this.#learners = new Audience(parts.ofLearner);
    this.#instructors = new Audience(parts.ofCohort);
  }

  /** @returns ends it; `send` is called at once with every part */
  connectLearner(learner: ChannelLearner, send: (event: LearnerClassEvent) => void): () => void {
    return this.#learners.join(learner, send);
  }

  /** The same for an instructor of a cohort. */
  connectInstructor(cohortId: CohortId, send: (event: CohortHelpEvent) => void): () => void {
    return this.#instructors.join(cohortId, send);
  }

  /** Tells the pages of a learner how this part stands now. */
  tellLearner(learnerId: LearnerId, type: LearnerClassEvent['type']): void {
    this.#learners.tell(({ id }) => id === learnerId, type);
  }

  /** Tells every learner of a cohort. */
  tellLearners(cohortId: CohortId, type: LearnerClassEvent['type']): void {
    this.#learners.tell((learner) => learner.cohortId === cohortId, type);
  }

  /** Tells the instructors of a cohort. */
  tellInstructors(cohortId: CohortId, type: CohortHelpEvent['type']): void {
    this.#instructors.tell((id) => id === cohortId, type);
  }
}
