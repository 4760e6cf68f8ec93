import type { HistoryEntry } from '#contract/swarm-history.ts';
import { NUMBERS } from '#kit/numbers-app.ts';
import {
  containersEnded,
  containersStarted,
  nodesOutAt,
  powerSwitches,
  type QuorumLoss,
  quorumLosses,
} from '#kit/quorum.ts';

/** A container that ended on the survivor while nobody could replace it. */
export interface EndedContainer {
  readonly atMs: number;
  /** Until a container began to run there again, the quorum was back, or now. */
  readonly untilMs: number;
  readonly wasFollowed: boolean;
}

/** A manager that runs and could not answer for its cluster, because others were out of action. */
export interface Outage extends QuorumLoss {
  /** When the decisive node went out of action: nothing could be decided from then on, though stale answers still came. */
  readonly cutAtMs: number;
  readonly ended: readonly EndedContainer[];
}

/** One node alone out of action. */
export interface SingleLoss {
  readonly node: string;
  /** The swarm had noticed. */
  readonly isNoticed: boolean;
  /** Replicas of the API that then ran on the other nodes, at most. */
  readonly replicas: number;
  /** When all of them did; `null` until then. */
  readonly repairedAtMs: number | null;
}

export interface PowerStory {
  /** Nodes that are off, frozen or unplugged now. */
  readonly out: readonly string[];
  /** The loss of one node that the swarm got over, or else the last one; `null` when there was none. */
  readonly single: SingleLoss | null;
  /** Oldest first. */
  readonly outages: readonly Outage[];
}

/** What was cut, frozen or unplugged, and what the swarm did about it and without its quorum. */
export function powerStory(history: readonly HistoryEntry[], nowMs: number): PowerStory {
  return { out: nodesOutAt(history, nowMs), single: singleLoss(history), outages: outages(history, nowMs) };
}

function outages(history: readonly HistoryEntry[], nowMs: number): Outage[] {
  return quorumLosses(history).flatMap((loss) => {
    const out = nodesOutAt(history, loss.lostAtMs);
    const cut = powerSwitches(history).findLast((entry) => !entry.on && entry.atMs <= loss.lostAtMs);
    // An unplugged manager has lost its own quorum, which says nothing of the others'.
    if (cut === undefined || out.length === 0 || out.includes(loss.labNode)) return [];
    const during = { fromMs: cut.atMs, toMs: loss.regainedAtMs ?? nowMs };
    return [{ ...loss, cutAtMs: cut.atMs, ended: endedIn(history, loss.labNode, during) }];
  });
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

function endedIn(history: readonly HistoryEntry[], labNode: string, during: Span): EndedContainer[] {
  return containersEnded(history, labNode, during).map(({ endedAtMs }) => {
    const nextAtMs = nextStart(history, labNode, { fromMs: endedAtMs, toMs: during.toMs });
    return { atMs: endedAtMs, untilMs: nextAtMs ?? during.toMs, wasFollowed: nextAtMs !== null };
  });
}

function nextStart(history: readonly HistoryEntry[], labNode: string, between: Span): number | null {
  const started = new Set(containersStarted(history, labNode, between));
  const entry = history.find(
    (candidate) =>
      candidate.type === 'container' &&
      started.has(candidate.containerId) &&
      candidate.state === 'running' &&
      candidate.atMs >= between.fromMs,
  );
  return entry?.atMs ?? null;
}

function singleLoss(history: readonly HistoryEntry[]): SingleLoss | null {
  const out = new Set<string>();
  const apiTasks = apiTaskIds(history);
  const running = new Map<string, string>();
  let single = null as SingleLoss | null;
  for (const entry of history) {
    const { atMs } = entry;
    if (entry.type === 'power') {
      // A frozen node whose power is cut as well was out already.
      const isNew = !entry.on && !out.has(entry.labNode);
      if (entry.on) out.delete(entry.labNode);
      else out.add(entry.labNode);
      const [node] = out;
      if (isNew && out.size === 1 && node !== undefined)
        single = { node, isNoticed: false, replicas: 0, repairedAtMs: null };
    } else if (entry.type === 'container') {
      if (entry.state === 'running' && apiTasks.has(entry.taskId))
        running.set(entry.containerId, entry.labNode);
      else running.delete(entry.containerId);
    } else if (entry.type === 'node-changed' && entry.state === 'down' && single !== null) {
      if (entry.node === single.node) single = { ...single, isNoticed: true };
    }
    if (single === null || out.size !== 1 || !out.has(single.node) || !single.isNoticed) continue;
    const node = single.node;
    const replicas = [...running.values()].filter((labNode) => labNode !== node).length;
    single = { ...single, replicas };
    if (replicas >= NUMBERS.replicas) return { ...single, repairedAtMs: atMs };
  }
  return single;
}

function apiTaskIds(history: readonly HistoryEntry[]): Set<string> {
  const ids = new Set<string>();
  for (const entry of history) {
    if (entry.type === 'task-state' && entry.service.name === NUMBERS.api) ids.add(entry.taskId);
  }
  return ids;
}

/** Task ids whose containers ran on this node at a moment. */
export function tasksRunningAt(history: readonly HistoryEntry[], labNode: string, atMs: number): string[] {
  const running = new Map<string, string>();
  for (const entry of history) {
    if (entry.type !== 'container' || entry.labNode !== labNode || entry.atMs > atMs) continue;
    if (entry.state === 'running') running.set(entry.containerId, entry.taskId);
    else running.delete(entry.containerId);
  }
  return [...running.values()];
}
