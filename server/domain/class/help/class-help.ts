import { DEFAULT_POLICIES } from '#contract/class-api.ts';
import type { ClassShow } from '#contract/class-watch.ts';
import type { CohortId } from '#contract/ids.ts';
import type { CohortStore } from '../class-stores.ts';
import { ClassChannel } from './class-channel.ts';
import { ClassMessages, type ClassMessagesParts } from './class-messages.ts';
import type { HandStore } from './help-stores.ts';
import { RaisedHands } from './raised-hands.ts';
import { Unlocks, type UnlocksParts } from './unlocks.ts';

export interface ClassHelpParts {
  readonly handStore: HandStore;
  readonly messageStore: ClassMessagesParts['store'];
  readonly unlockStore: UnlocksParts['store'];
  readonly cohortStore: Pick<CohortStore, 'get'>;
  readonly cohorts: ClassMessagesParts['cohorts'] & UnlocksParts['cohorts'];
  readonly hintsOf: UnlocksParts['hintsOf'];
  /** What an instructor shows to the class now. */
  readonly showOf: (cohortId: CohortId) => ClassShow | null;
  readonly newId: (length: number) => string;
  readonly nowMs: () => number;
}

/** Hands, messages, unlocking, and the channel by which everybody hears of them. */
export class ClassHelp {
  readonly hands: RaisedHands;
  readonly messages: ClassMessages;
  readonly unlocks: Unlocks;
  readonly channel: ClassChannel;

  constructor(parts: ClassHelpParts) {
    const { cohorts, nowMs, newId } = parts;
    const policiesOf = (id: CohortId) => parts.cohortStore.get(id)?.policies ?? DEFAULT_POLICIES;
    this.hands = new RaisedHands({
      store: parts.handStore,
      isExercise: (id) => parts.hintsOf(id) !== null,
      nowMs,
    });
    this.messages = new ClassMessages({
      store: parts.messageStore,
      cohorts,
      newId,
      nowMs,
      onChange: (cohortId, learnerId) => {
        if (learnerId === null) this.channel.tellLearners(cohortId, 'messages');
        else this.channel.tellLearner(learnerId, 'messages');
        this.channel.tellInstructors(cohortId, 'sent');
      },
    });
    this.unlocks = new Unlocks({
      store: parts.unlockStore,
      cohorts,
      hintsOf: parts.hintsOf,
      onChange: (cohortId, learnerId) => {
        if (learnerId === null) this.channel.tellLearners(cohortId, 'unlocked');
        else this.channel.tellLearner(learnerId, 'unlocked');
        this.channel.tellInstructors(cohortId, 'unlocked');
      },
    });
    this.channel = new ClassChannel({
      ofLearner: {
        policies: ({ cohortId }) => ({ type: 'policies', policies: policiesOf(cohortId) }),
        hand: (learner) => ({ type: 'hand', hand: this.hands.own(learner) }),
        messages: (learner) => ({ type: 'messages', messages: this.messages.unread(learner) }),
        show: ({ cohortId }) => ({ type: 'show', show: parts.showOf(cohortId) }),
        unlocked: (learner) => ({ type: 'unlocked', unlocked: this.unlocks.of(learner) }),
      },
      ofCohort: {
        policies: (cohortId) => ({ type: 'policies', policies: policiesOf(cohortId) }),
        hands: (cohortId) => ({ type: 'hands', ...this.hands.list(cohortId) }),
        sent: (cohortId) => ({ type: 'sent', messages: this.messages.sent(cohortId) }),
        unlocked: (cohortId) => ({ type: 'unlocked', ...this.unlocks.ofCohort(cohortId) }),
      },
    });
    this.hands.onChange((cohortId) => {
      this.channel.tellLearners(cohortId, 'hand');
      this.channel.tellInstructors(cohortId, 'hands');
    });
  }

  /** To be called when what is allowed in a cohort has changed. */
  policiesChanged(cohortId: CohortId): void {
    this.channel.tellLearners(cohortId, 'policies');
    this.channel.tellInstructors(cohortId, 'policies');
  }

  /** Removes what was to be kept for a time; to be called now and then. */
  forgetOld(): void {
    this.hands.forgetOld();
    this.messages.forgetOld();
  }

  /** To be called when learners have come, gone, or become another one, or when a name has changed. */
  rosterChanged(cohortId: CohortId): void {
    this.hands.changed(cohortId);
    this.channel.tellLearners(cohortId, 'messages');
    this.channel.tellLearners(cohortId, 'unlocked');
    this.channel.tellInstructors(cohortId, 'sent');
    this.channel.tellInstructors(cohortId, 'unlocked');
  }
}
