import { conditionAfter, type HistoryEntry } from '#contract/swarm-history.ts';

type EntryOf<T extends HistoryEntry['type']> = Extract<HistoryEntry, { type: T }>;

function ofType<T extends HistoryEntry['type']>(history: readonly HistoryEntry[], type: T): EntryOf<T>[] {
  return history.filter((entry): entry is EntryOf<T> => entry.type === type);
}

/** Time in which a manager that ran could not answer for its cluster. */
export interface QuorumLoss {
  readonly labNode: string;
  readonly seq: number;
  readonly lostAtMs: number;
  /** `null` while it lasts. */
  readonly regainedAtMs: number | null;
  readonly error: string | null;
}

/** Oldest first. Stale answers of the first seconds are not known as such: the loss begins with the first refusal. */
export function quorumLosses(history: readonly HistoryEntry[]): QuorumLoss[] {
  const control = ofType(history, 'control');
  return control
    .filter((entry) => !entry.answers)
    .map(({ labNode, seq, atMs, error }) => {
      const regained = control.find((entry) => entry.labNode === labNode && entry.seq > seq && entry.answers);
      return { labNode, seq, lostAtMs: atMs, regainedAtMs: regained?.atMs ?? null, error };
    });
}

/** Lab nodes out of action at this moment: off, frozen or unplugged, which is all the same to the votes of others. */
export function nodesOutAt(history: readonly HistoryEntry[], atMs: number): string[] {
  const out = new Set<string>();
  for (const entry of ofType(history, 'power')) {
    if (entry.atMs > atMs) break;
    if (conditionAfter(entry) === 'on') out.delete(entry.labNode);
    else out.add(entry.labNode);
  }
  return [...out].sort();
}

/** Switches thrown, oldest first. */
export function powerSwitches(history: readonly HistoryEntry[]): EntryOf<'power'>[] {
  return ofType(history, 'power');
}

/** A task's container that ended on a lab node. */
export interface EndedContainer {
  readonly labNode: string;
  readonly containerId: string;
  readonly taskId: string;
  readonly endedAtMs: number;
}

/** Containers of tasks that ran on this node and ended between two moments, as the node's own engine told it. */
export function containersEnded(
  history: readonly HistoryEntry[],
  labNode: string,
  between: { readonly fromMs: number; readonly toMs: number },
): EndedContainer[] {
  const running = new Set<string>();
  const ended: EndedContainer[] = [];
  for (const { atMs, containerId, taskId, state } of containersOn(history, labNode)) {
    if (state === 'running') running.add(containerId);
    else if (running.delete(containerId) && isWithin(atMs, between)) {
      ended.push({ labNode, containerId, taskId, endedAtMs: atMs });
    }
  }
  return ended;
}

/** Containers of tasks that began to run on this node between two moments: without quorum there are none. */
export function containersStarted(
  history: readonly HistoryEntry[],
  labNode: string,
  between: { readonly fromMs: number; readonly toMs: number },
): string[] {
  return containersOn(history, labNode)
    .filter(({ state, atMs }) => state === 'running' && isWithin(atMs, between))
    .map(({ containerId }) => containerId);
}

function containersOn(history: readonly HistoryEntry[], labNode: string): EntryOf<'container'>[] {
  return ofType(history, 'container').filter((entry) => entry.labNode === labNode);
}

function isWithin(
  atMs: number,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): boolean {
  return atMs >= fromMs && atMs <= toMs;
}
