import type { LiveExercise, LiveLearner } from '#contract/class-live.ts';
import { isDone, NEEDS, type NeedSince, needOf, needsHelp, passedCount } from './need.ts';

export const LEARNER_FILTERS = [
  'all',
  'help',
  'failed',
  'hand',
  'stuck',
  'waiting',
  'idle',
  'away',
  'done',
] as const;
export type LearnerFilter = (typeof LEARNER_FILTERS)[number];

export const LEARNER_ORDERS = ['need', 'name', 'progress'] as const;
export type LearnerOrder = (typeof LEARNER_ORDERS)[number];

export interface Standing extends NeedSince {
  readonly learner: LiveLearner;
  readonly passed: number;
  readonly done: boolean;
}

export function standingsOf(
  learners: Iterable<LiveLearner>,
  exercises: readonly LiveExercise[],
  nowMs: number,
): Standing[] {
  return [...learners].map((learner) => ({
    learner,
    ...needOf(learner, exercises, nowMs),
    passed: passedCount(learner, exercises),
    done: isDone(learner, exercises),
  }));
}

export function passes({ learner, need, done }: Standing, filter: LearnerFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'help':
      return needsHelp(need);
    case 'away':
      return !learner.here;
    case 'done':
      return done;
    // A raised hand in a lab that failed is still a raised hand.
    case 'hand':
      return learner.hand !== null;
    default:
      return need === filter;
  }
}

export function countsOf(standings: readonly Standing[]): Readonly<Record<LearnerFilter, number>> {
  const count = (filter: LearnerFilter) => standings.filter((standing) => passes(standing, filter)).length;
  return Object.fromEntries(LEARNER_FILTERS.map((filter) => [filter, count(filter)])) as Record<
    LearnerFilter,
    number
  >;
}

/** Finds a name by any part of it, as it is typed. */
export function isNamed({ learner }: Standing, search: string): boolean {
  const plain = (text: string) => text.normalize('NFC').toLocaleLowerCase().replaceAll(/\s+/g, '');
  return plain(learner.name).includes(plain(search));
}

export function inOrder(
  standings: readonly Standing[],
  order: LearnerOrder,
  language: string,
): readonly Standing[] {
  const names = new Intl.Collator(language, { numeric: true });
  const byName = (one: Standing, other: Standing) => names.compare(one.learner.name, other.learner.name);
  const by: Readonly<Record<LearnerOrder, (one: Standing, other: Standing) => number>> = {
    name: byName,
    progress: (one, other) => other.passed - one.passed || byName(one, other),
    need: (one, other) => rank(one) - rank(other) || longest(one, other) || byName(one, other),
  };
  return [...standings].sort(by[order]);
}

/** Who works comes before who is done, and who is not here last. */
function rank({ need, learner, done }: Standing): number {
  if (need !== 'none') return NEEDS.indexOf(need);
  if (!learner.joined) return NEEDS.length + 3;
  if (!learner.here) return NEEDS.length + 2;
  return NEEDS.length + (done ? 1 : 0);
}

function longest(one: Standing, other: Standing): number {
  return (one.sinceMs ?? 0) - (other.sinceMs ?? 0);
}
