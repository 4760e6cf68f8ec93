import type { AnsweredHand, OwnHand, RaisedHand } from '#contract/class-help.ts';
import type { CohortId, LearnerId } from '#contract/ids.ts';
import { LabError } from '../../lab-error.ts';
import type { Instructor } from '../../stores.ts';
import type { Cohort } from '../class-stores.ts';
import type { ChannelLearner } from './class-channel.ts';
import type { HandStore, OpenHand } from './help-stores.ts';
import { plainText } from './plain-text.ts';

/** What the view of a class shows of raised hands. */
export interface HandsRaised {
  of(learner: ChannelLearner): {
    readonly sinceMs: number;
    readonly exercise: string | null;
    /** Name of the instructor who comes. */
    readonly takenBy: string | null;
  } | null;
  /** Called after every change in a cohort. @returns ends it */
  onChange(listener: (cohortId: CohortId) => void): () => void;
}

export interface RaisedHandsParts {
  readonly store: HandStore;
  readonly isExercise: (id: string) => boolean;
  readonly nowMs: () => number;
}

const ANSWERED_SHOWN = 20;
const ANSWERED_KEPT_MS = 7 * 24 * 3_600_000;

/** The line of those who call for help, of every cohort. */
export class RaisedHands implements HandsRaised {
  readonly #parts: RaisedHandsParts;
  readonly #listeners = new Set<(cohortId: CohortId) => void>();
  /** As it is stored: many pages ask for it at each change. */
  readonly #lines = new Map<CohortId, readonly OpenHand[]>();

  constructor(parts: RaisedHandsParts) {
    this.#parts = parts;
  }

  onChange(listener: (cohortId: CohortId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  of({ id, cohortId }: ChannelLearner): ReturnType<HandsRaised['of']> {
    const hand = this.#find(cohortId, id);
    if (hand === undefined) return null;
    const { sinceMs, exercise, takenBy } = hand;
    return { sinceMs, exercise, takenBy: takenBy?.name ?? null };
  }

  own({ id, cohortId }: ChannelLearner): OwnHand | null {
    const line = this.#line(cohortId);
    const place = line.findIndex(({ learner }) => learner === id);
    const hand = line[place];
    if (hand === undefined) return null;
    const { sinceMs, exercise, words, takenBy } = hand;
    const before = line.slice(0, place).filter((other) => other.takenBy === null).length;
    return { sinceMs, exercise, words, before, takenBy: takenBy?.name ?? null };
  }

  list(cohortId: CohortId): { readonly hands: RaisedHand[]; readonly answered: AnsweredHand[] } {
    return {
      hands: [...this.#line(cohortId)],
      answered: this.#parts.store.answered(cohortId, ANSWERED_SHOWN),
    };
  }

  /** @throws {LabError} HANDS_OFF, EXERCISE_UNKNOWN */
  raise({ id: learnerId }: ChannelLearner, cohort: Cohort, hand: Pick<OwnHand, 'exercise' | 'words'>): void {
    const { store, isExercise, nowMs } = this.#parts;
    if (!cohort.policies.handsUp) throw new LabError('HANDS_OFF', `no hands in cohort ${cohort.id}`);
    if (hand.exercise !== null && !isExercise(hand.exercise))
      throw new LabError('EXERCISE_UNKNOWN', `no exercise ${hand.exercise}`);
    const words = plainText(hand.words).replaceAll('\n', ' ');
    store.raise(learnerId, { exercise: hand.exercise, words, nowMs: nowMs() });
    this.changed(cohort.id);
  }

  /** Of its own learner; nothing happens where none is raised. */
  lower({ id, cohortId }: ChannelLearner): void {
    this.#parts.store.close(id, null, this.#parts.nowMs());
    this.changed(cohortId);
  }

  /** An instructor goes there. @throws {LabError} HAND_UNKNOWN; HAND_TAKEN by another unless `instead` */
  take({ id, cohortId }: ChannelLearner, by: Instructor, instead: boolean): void {
    const { takenBy } = this.#require(cohortId, id);
    if (takenBy !== null && takenBy.id !== by.id && !instead)
      throw new LabError('HAND_TAKEN', `${takenBy.id} goes there`, { params: { name: takenBy.name } });
    this.#parts.store.take(id, by.id, this.#parts.nowMs());
    this.changed(cohortId);
  }

  /** Nobody goes there any more. @throws {LabError} HAND_UNKNOWN */
  release({ id, cohortId }: ChannelLearner): void {
    this.#require(cohortId, id);
    this.#parts.store.take(id, null, this.#parts.nowMs());
    this.changed(cohortId);
  }

  /** @throws {LabError} HAND_UNKNOWN */
  done({ id, cohortId }: ChannelLearner, by: Instructor): void {
    this.#require(cohortId, id);
    this.#parts.store.close(id, by.id, this.#parts.nowMs());
    this.changed(cohortId);
  }

  forgetOld(): void {
    this.#parts.store.prune(this.#parts.nowMs() - ANSWERED_KEPT_MS);
  }

  /** Also to be called when learners of the cohort come, go or change their names. */
  changed(cohortId: CohortId): void {
    this.#lines.delete(cohortId);
    for (const listener of this.#listeners) listener(cohortId);
  }

  #require(cohortId: CohortId, learnerId: LearnerId): OpenHand {
    const hand = this.#find(cohortId, learnerId);
    if (hand === undefined) throw new LabError('HAND_UNKNOWN', `learner ${learnerId} has no hand raised`);
    return hand;
  }

  #find(cohortId: CohortId, learnerId: LearnerId): OpenHand | undefined {
    return this.#line(cohortId).find(({ learner }) => learner === learnerId);
  }

  #line(cohortId: CohortId): readonly OpenHand[] {
    const known = this.#lines.get(cohortId) ?? this.#parts.store.open(cohortId);
    this.#lines.set(cohortId, known);
    return known;
  }
}
