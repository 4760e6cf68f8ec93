import type { HistoryEntry } from '#contract/swarm-history.ts';
import {
  containersEnded,
  containersStarted,
  poweredOffAt,
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

/** A manager with power that could not answer for its cluster, because others had none. */
export interface Outage extends QuorumLoss {
  readonly ended: readonly EndedContainer[];
}

export interface PowerStory {
  /** Nodes that are switched off now. */
  readonly off: readonly string[];
  /** When one node alone was off and the swarm had noticed: what a single failure does. */
  readonly oneDown: { readonly node: string; readonly atMs: number } | null;
  /** Oldest first. */
  readonly outages: readonly Outage[];
}

/** What was cut, and what the swarm did without its quorum. */
export function powerStory(history: readonly HistoryEntry[], nowMs: number): PowerStory {
  const outages = quorumLosses(history)
    .filter(({ labNode, lostAtMs }) => {
      const off = poweredOffAt(history, lostAtMs);
      return off.length > 0 && !off.includes(labNode);
    })
    .map((loss) => ({ ...loss, ended: endedIn(history, loss, loss.regainedAtMs ?? nowMs) }));
  return { off: poweredOffAt(history, nowMs), oneDown: oneDown(history, outages), outages };
}

function oneDown(history: readonly HistoryEntry[], outages: readonly Outage[]): PowerStory['oneDown'] {
  for (const entry of history) {
    if (entry.type !== 'node-changed' || entry.state !== 'down') continue;
    const { node, atMs } = entry;
    const off = poweredOffAt(history, atMs);
    const hasQuorum = !outages.some((outage) => isDuring(outage, atMs));
    if (off.length === 1 && off[0] === node && hasQuorum) return { node, atMs };
  }
  return null;
}

function isDuring({ lostAtMs, regainedAtMs }: QuorumLoss, atMs: number): boolean {
  return atMs >= lostAtMs && (regainedAtMs === null || atMs < regainedAtMs);
}

function endedIn(history: readonly HistoryEntry[], loss: QuorumLoss, untilMs: number): EndedContainer[] {
  const during = { fromMs: loss.lostAtMs, toMs: untilMs };
  return containersEnded(history, loss.labNode, during).map(({ endedAtMs }) => {
    const nextAtMs = nextStart(history, loss.labNode, { fromMs: endedAtMs, toMs: untilMs });
    return { atMs: endedAtMs, untilMs: nextAtMs ?? untilMs, wasFollowed: nextAtMs !== null };
  });
}

function nextStart(
  history: readonly HistoryEntry[],
  labNode: string,
  between: { readonly fromMs: number; readonly toMs: number },
): number | null {
  const [started] = containersStarted(history, labNode, between);
  if (started === undefined) return null;
  const entry = history.find(
    (candidate) =>
      candidate.type === 'container' &&
      candidate.containerId === started &&
      candidate.state === 'running' &&
      candidate.atMs >= between.fromMs,
  );
  return entry?.atMs ?? null;
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

/** Whether the learner ever cut a node's power. */
export function hasCut(history: readonly HistoryEntry[]): boolean {
  return powerSwitches(history).some((entry) => !entry.on);
}
