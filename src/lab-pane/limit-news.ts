import type { LimitHit } from '#contract/api.ts';

/** What the learner is told about limits, until it is dismissed or a disk has room again. */
export interface LimitNews {
  readonly shown: readonly LimitHit[];
  readonly dismissed: readonly LimitHit[];
}

/** One message for all nodes that are at the same limit. */
export interface LimitMessage {
  readonly limit: LimitHit['limit'];
  readonly nodes: readonly string[];
  readonly most: number;
}

const LIMITS = ['disk', 'memory', 'processes'] as const;
/** A node that bounces off a limit does so again and again; what the learner has read is remembered this often. */
const DISMISSED_KEPT = 50;

export const NO_LIMITS: LimitNews = { shown: [], dismissed: [] };

/** @param hits all that nodes are at now */
export function withLimits(news: LimitNews, hits: readonly LimitHit[]): LimitNews {
  // A process that was killed is of interest also when memory is free again; a disk that has room is not.
  const past = news.shown.filter(
    (old) => old.limit !== 'disk' && !hits.some((hit) => hit.node === old.node && hit.limit === old.limit),
  );
  const unread = hits.filter((hit) => !news.dismissed.some((read) => isSame(read, hit)));
  return { ...news, shown: [...past, ...unread] };
}

export function dismissLimit(news: LimitNews, limit: LimitHit['limit']): LimitNews {
  const read = news.shown.filter((hit) => hit.limit === limit);
  return {
    shown: news.shown.filter((hit) => hit.limit !== limit),
    dismissed: [...news.dismissed, ...read].slice(-DISMISSED_KEPT),
  };
}

export function limitMessages({ shown }: LimitNews): LimitMessage[] {
  return LIMITS.flatMap((limit) => {
    const hits = shown.filter((hit) => hit.limit === limit);
    const most = hits[0]?.most;
    return most === undefined ? [] : [{ limit, most, nodes: hits.map(({ node }) => node).sort() }];
  });
}

function isSame(one: LimitHit, other: LimitHit): boolean {
  return one.node === other.node && one.limit === other.limit && one.sinceMs === other.sinceMs;
}
