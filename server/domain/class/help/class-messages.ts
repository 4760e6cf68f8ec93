import type { NewMessage, ReceivedMessage, SentMessage } from '#contract/class-help.ts';
import type { CohortId } from '#contract/ids.ts';
import { LabError } from '../../lab-error.ts';
import type { Instructor } from '../../stores.ts';
import type { Cohort } from '../class-stores.ts';
import type { Cohorts } from '../cohorts.ts';
import type { ChannelLearner } from './class-channel.ts';
import type { MessageStore } from './help-stores.ts';
import { plainText } from './plain-text.ts';

export interface ClassMessagesParts {
  readonly store: MessageStore;
  readonly cohorts: Pick<Cohorts, 'learner'>;
  readonly newId: (length: number) => string;
  readonly nowMs: () => number;
  /** `null`: for everybody in the cohort. */
  readonly onChange: (cohortId: CohortId, learnerId: ChannelLearner['id'] | null) => void;
}

/** Whoever comes later on the same day still gets it; what was said last week is no news. */
const LIFETIME_MS = 24 * 3_600_000;
const UNREAD_SHOWN = 20;
const SENT_SHOWN = 50;
const SENT_KEPT = 200;

/** What instructors say to learners: kept until each has put it away, for a day at most. */
export class ClassMessages {
  readonly #parts: ClassMessagesParts;

  constructor(parts: ClassMessagesParts) {
    this.#parts = parts;
  }

  /** @returns its id. @throws {LabError} MESSAGE_EMPTY; LEARNER_UNKNOWN, and nobody gets it */
  send(cohort: Cohort, by: Instructor, { text: typed, to }: NewMessage): string {
    const { store, cohorts, newId, nowMs, onChange } = this.#parts;
    const text = plainText(typed);
    if (text === '') throw new LabError('MESSAGE_EMPTY', 'a message without text');
    const learners = to === null ? null : [...new Set(to)].map((id) => cohorts.learner(cohort, id).id);
    const atMs = nowMs();
    const message = { id: newId(16), by: by.name, text, atMs, untilMs: atMs + LIFETIME_MS };
    store.add(cohort.id, message, learners);
    store.keepNewest(cohort.id, SENT_KEPT);
    for (const learner of learners ?? [null]) onChange(cohort.id, learner);
    return message.id;
  }

  /** Nobody gets it any more. @throws {LabError} MESSAGE_UNKNOWN */
  withdraw(cohort: Cohort, messageId: string): void {
    if (!this.#parts.store.remove(cohort.id, messageId)) throw unknownMessage(messageId);
    this.#parts.onChange(cohort.id, null);
  }

  unread(learner: ChannelLearner): ReceivedMessage[] {
    return this.#parts.store
      .unread(learner, this.#parts.nowMs(), UNREAD_SHOWN)
      .map(({ id, by, text, atMs }) => ({ id, by, text, atMs }));
  }

  /** The learner has put it away. @throws {LabError} MESSAGE_UNKNOWN also for one that was not for them */
  read(learner: ChannelLearner, messageId: string): void {
    const { store, nowMs, onChange } = this.#parts;
    if (!store.setRead(learner, messageId, nowMs())) throw unknownMessage(messageId);
    onChange(learner.cohortId, learner.id);
  }

  forgetOld(): void {
    this.#parts.store.prune(this.#parts.nowMs());
  }

  sent(cohortId: CohortId): SentMessage[] {
    return this.#parts.store.sent(cohortId, this.#parts.nowMs(), SENT_SHOWN);
  }
}

function unknownMessage(messageId: string): LabError {
  return new LabError('MESSAGE_UNKNOWN', `no message ${messageId}`);
}
