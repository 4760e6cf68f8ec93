import type { CareItem, CareItemState, CareRound, CareTargets } from '#contract/class-care.ts';

export type ItemCounts = Readonly<Record<CareItemState, number>>;

export function countsOf({ items }: CareRound): ItemCounts {
  const counts = { waiting: 0, running: 0, done: 0, queued: 0, failed: 0, skipped: 0 };
  for (const { state } of items) counts[state] += 1;
  return counts;
}

const KNOWN_NEEDED = 2;
/** What is quicker needs no estimate. */
const WORTH_TELLING_MS = 10_000;

/** Milliseconds until a round that goes on will be over, from what its labs took so far; `null`: nobody can know. */
export function leftMs({ items, endedAtMs }: CareRound): number | null {
  const took = items.flatMap(({ state, tookMs }) => (state === 'done' && tookMs !== null ? [tookMs] : []));
  const running = items.filter(({ state }) => state === 'running').length;
  const waiting = items.filter(({ state }) => state === 'waiting').length;
  if (endedAtMs !== null || running === 0 || took.length < KNOWN_NEEDED) return null;
  const eachMs = took.reduce((sum, ms) => sum + ms, 0) / took.length;
  const ms = (eachMs * (waiting + running / 2)) / running;
  return ms < WORTH_TELLING_MS ? null : ms;
}

/** Whether asking again may lead further: it failed, or its turn never came. */
function isLeft({ state, problem, name }: CareItem): boolean {
  return name !== null && (state === 'failed' || (state === 'skipped' && problem === null));
}

/** Those who are left when a round is over, as the server is asked for them again. */
export function targetsLeft({ action, items, endedAtMs }: CareRound): Exclude<CareTargets, 'all'> {
  if (endedAtMs === null) return [];
  const left = items.filter(isLeft);
  return [...new Set(left.map(({ learner }) => learner))].map((learner) => {
    const own = left.flatMap((item) =>
      item.learner === learner && item.labSession !== null ? [item.labSession] : [],
    );
    // A lab that was to be prepared may be another one by now.
    return { learner, labSessions: action.type === 'prepare' || own.length === 0 ? null : own };
  });
}
