import type { ClassLiveEvent, LiveExercise, LiveLearner } from '#contract/class-live.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { LocalizedText } from '#contract/language.ts';

type Learners = ReadonlyMap<LearnerId, LiveLearner>;

export interface LiveState {
  readonly exercises: readonly LiveExercise[];
  readonly labTitles: ReadonlyMap<string, LocalizedText>;
  /** By how much the server's clock is ahead of ours. */
  readonly aheadMs: number;
  readonly learners: Learners;
  /** Whether the whole class has come once. */
  readonly isThere: boolean;
  /** A whole that is on its way; what was there before is shown until it is complete. */
  readonly coming: Learners | null;
}

export const NO_CLASS: LiveState = {
  exercises: [],
  labTitles: new Map(),
  aheadMs: 0,
  learners: new Map(),
  isThere: false,
  coming: null,
};

/** What is known after an event. Pure. */
export function reduceLive(state: LiveState, event: ClassLiveEvent, clockMs: number): LiveState {
  switch (event.type) {
    case 'class':
      return {
        ...state,
        exercises: event.exercises,
        labTitles: new Map(event.labs.map(({ id, title }) => [id, title])),
        aheadMs: event.nowMs - clockMs,
        coming: new Map(),
      };
    case 'learners': {
      const coming = new Map(state.coming);
      for (const learner of event.learners) coming.set(learner.id, learner);
      return event.more ? { ...state, coming } : { ...state, learners: coming, coming: null, isThere: true };
    }
    case 'changes': {
      const learners = new Map(state.learners);
      for (const { id, ...fields } of event.changes) {
        const known = learners.get(id);
        const changed = { ...known, id, ...fields };
        if (isComplete(changed)) learners.set(id, changed);
      }
      for (const id of event.gone) learners.delete(id);
      return { ...state, learners };
    }
  }
}

/** Of somebody new, everything is told at once. */
function isComplete(learner: Partial<LiveLearner>): learner is LiveLearner {
  return learner.name !== undefined && learner.cells !== undefined && learner.labs !== undefined;
}
