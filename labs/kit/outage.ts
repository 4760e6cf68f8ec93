import type { HistoryEntry } from '#contract/swarm-history.ts';

/** A container that ended on the survivor while nobody could replace it. */
export interface EndedContainer {
  readonly atMs: number;
  /** When the next container began to run there, within the same outage; `null` when none did. */
  readonly followedAtMs: number | null;
}

/** From the moment at which a manager that still had power no longer answered for its cluster. */
export interface Outage {
  readonly survivor: string;
  readonly off: readonly string[];
  readonly lostAtMs: number;
  /** `null` while it lasts. */
  readonly foundAtMs: number | null;
  readonly ended: readonly EndedContainer[];
  /** Task ids whose containers ran on the survivor when the quorum was lost. */
  readonly taskIds: readonly string[];
}

export interface PowerStory {
  /** Nodes that are switched off at the end of the story. */
  readonly off: readonly string[];
  readonly cuts: number;
  /** The last time that one node alone was off and the swarm had noticed: what a single failure does. */
  readonly oneDown: { readonly node: string; readonly atMs: number } | null;
  readonly outages: readonly Outage[];
}

/** Reads the history of a lab with power switches: what was cut, and what the swarm did without its quorum. */
export function powerStory(history: readonly HistoryEntry[]): PowerStory {
  const off = new Set<string>();
  const running = new Map<string, string>();
  const outages: OpenOutage[] = [];
  let cuts = 0;
  let oneDown: PowerStory['oneDown'] = null;
  const open = (): OpenOutage | undefined => outages.findLast((outage) => outage.foundAtMs === null);
  for (const entry of history) {
    const { atMs } = entry;
    if (entry.type === 'power') {
      cuts += entry.on ? 0 : 1;
      if (entry.on) off.delete(entry.labNode);
      else off.add(entry.labNode);
    } else if (entry.type === 'node-changed') {
      const isAlone = off.size === 1 && off.has(entry.node) && open() === undefined;
      if (isAlone && entry.state === 'down') oneDown = { node: entry.node, atMs };
    } else if (entry.type === 'control') {
      if (off.has(entry.labNode)) continue;
      const current = open();
      if (entry.answers && current !== undefined) current.foundAtMs = atMs;
      else if (!entry.answers && current === undefined && off.size > 0) {
        outages.push(newOutage(entry.labNode, [...off], atMs, tasksOn(running, entry.labNode)));
      }
    } else if (entry.type === 'container') {
      const key = `${entry.labNode}/${entry.containerId}`;
      const ran = running.has(key);
      const runs = entry.state === 'running';
      if (runs) running.set(key, entry.taskId);
      else running.delete(key);
      const current = open();
      if (current?.survivor === entry.labNode && ran !== runs) noteContainer(current, runs, atMs);
    }
  }
  return { off: [...off], cuts, oneDown, outages };
}

interface OpenOutage extends Outage {
  foundAtMs: number | null;
  readonly ended: { atMs: number; followedAtMs: number | null }[];
}

function newOutage(
  survivor: string,
  off: readonly string[],
  lostAtMs: number,
  taskIds: readonly string[],
): OpenOutage {
  return { survivor, off, lostAtMs, foundAtMs: null, ended: [], taskIds };
}

function noteContainer(outage: OpenOutage, runs: boolean, atMs: number): void {
  if (!runs) outage.ended.push({ atMs, followedAtMs: null });
  else for (const ended of outage.ended) ended.followedAtMs ??= atMs;
}

function tasksOn(running: ReadonlyMap<string, string>, labNode: string): string[] {
  return [...running].filter(([key]) => key.startsWith(`${labNode}/`)).map(([, taskId]) => taskId);
}
