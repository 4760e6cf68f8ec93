import type { HistoryEntry } from '#contract/swarm-history.ts';

/** What this page knows of the history of one generation, ordered and without repeats. */
export interface LabHistory {
  readonly generation: number;
  readonly entries: readonly HistoryEntry[];
}

export const NO_HISTORY: LabHistory = { generation: 0, entries: [] };

/** As many as the server keeps of a generation. */
const MOST_ENTRIES = 10_000;

/** News and pages that were asked for come in any order, and may tell the same twice. */
export function withEntries(known: LabHistory, added: LabHistory): LabHistory {
  if (added.generation < known.generation) return known;
  if (added.generation > known.generation) return { ...added, entries: ordered(added.entries) };
  const lastSeq = known.entries.at(-1)?.seq ?? 0;
  const follows = added.entries.every(({ seq }, index) => seq > (added.entries[index - 1]?.seq ?? lastSeq));
  const entries = [...known.entries, ...added.entries];
  return { ...known, entries: (follows ? entries : ordered(entries)).slice(-MOST_ENTRIES) };
}

function ordered(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

/** The last entry up to which nothing is missing behind the one that was read before. */
export function readUpTo(entries: readonly HistoryEntry[], before: number): number {
  let last = before;
  for (const { seq } of entries) {
    if (seq <= last) continue;
    if (seq > last + 1) return last;
    last = seq;
  }
  return last;
}
