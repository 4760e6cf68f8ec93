import type { HistoryEntry, HistoryFact } from '#contract/swarm-history.ts';
import type { HistorySink } from './history-sink.ts';

const MAX_ENTRIES = 4_000;
/** Milestones outlive details, but a learner who deploys in a loop must not fill the memory with them either. */
const MAX_MILESTONES = 2_000;

/** Visitors' requests are for the eye: hours of them must not cost a verdict its details. */
const MAX_REQUESTS = 600;

/** Facts that a verdict may need long after they happened. */
const MILESTONES: ReadonlySet<HistoryFact['type']> = new Set([
  'service-created',
  'service-removed',
  'spec-changed',
  'update-state',
  'node-changed',
  'node-removed',
  'swarm-state',
  'control',
  'power',
]);

/** What happened in one lab, oldest first. Bounded: details go before milestones, old ones before new ones. */
export class HistoryLog {
  readonly #sink: HistorySink;
  #entries: HistoryEntry[];
  #lastSeq: number;

  constructor(sink: HistorySink) {
    this.#sink = sink;
    this.#entries = bounded([...sink.load()]);
    this.#lastSeq = this.#entries.at(-1)?.seq ?? 0;
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  /** Sequence number of the newest entry; 0 when there is none. Never goes back. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  append(facts: readonly TimedFact[]): readonly HistoryEntry[] {
    if (facts.length === 0) return [];
    const added = facts.map(({ atMs, fact }): HistoryEntry => ({ atMs, seq: ++this.#lastSeq, ...fact }));
    this.#entries = bounded([...this.#entries, ...added]);
    this.#sink.append(added);
    return added;
  }
}

export interface TimedFact {
  readonly atMs: number;
  readonly fact: HistoryFact;
}

function bounded(all: HistoryEntry[]): HistoryEntry[] {
  const entries = withFewRequests(all);
  if (entries.length <= MAX_ENTRIES) return entries;
  let milestones = entries.filter(isMilestone).length;
  let excess = entries.length - MAX_ENTRIES;
  let surplus = milestones - MAX_MILESTONES;
  return entries.filter((entry) => {
    if (isMilestone(entry)) {
      if (surplus <= 0) return true;
      surplus--;
      milestones--;
      excess--;
      return false;
    }
    if (excess <= 0) return true;
    excess--;
    return false;
  });
}

function withFewRequests(entries: HistoryEntry[]): HistoryEntry[] {
  let surplus = entries.filter(({ type }) => type === 'request').length - MAX_REQUESTS;
  if (surplus <= 0) return entries;
  return entries.filter(({ type }) => type !== 'request' || surplus-- <= 0);
}

function isMilestone(entry: HistoryEntry): boolean {
  return MILESTONES.has(entry.type);
}
