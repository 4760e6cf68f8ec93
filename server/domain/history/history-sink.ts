import type { HistoryEntry } from '#contract/swarm-history.ts';

/** Where the history of one generation of one lab session is kept across restarts. */
export interface HistorySink {
  append(entries: readonly HistoryEntry[]): void;
  /** Oldest first. */
  load(): readonly HistoryEntry[];
}

/** Forgets everything: for labs that do not outlive the process. */
export const NO_SINK: HistorySink = { append: () => {}, load: () => [] };
