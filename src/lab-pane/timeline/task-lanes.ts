import { imageRef } from '#contract/image-ref.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';

/** How a task's bar looks. `stopping`: it runs still, and is to end. */
export type TaskLook = 'starting' | 'running' | 'unhealthy' | 'stopping';

export interface Stretch {
  readonly look: TaskLook;
  readonly fromMs: number;
  /** `null` while it lasts. */
  readonly toMs: number | null;
}

export interface TaskLife {
  readonly taskId: string;
  readonly image: string;
  readonly stretches: readonly Stretch[];
  readonly fromMs: number;
  readonly toMs: number | null;
  /** How it ended; `null` while it lives, and where nobody saw it. */
  readonly end: 'failed' | 'stopped' | null;
  readonly error: string | null;
  /** Row within its lane: with start-first two tasks have one slot. */
  readonly row: number;
}

/** The tasks of one slot, or of a global service those on one node. */
export interface Lane {
  readonly slot: number | null;
  readonly node: string | null;
  readonly lives: readonly TaskLife[];
  readonly rows: number;
}

type TaskEntry = Extract<HistoryEntry, { type: 'task-state' }>;

interface Draft {
  readonly first: TaskEntry;
  node: string | null;
  readonly stretches: { look: TaskLook; fromMs: number; toMs: number | null }[];
  fromMs: number;
  toMs: number | null;
  end: TaskLife['end'];
  error: string | null;
  isUnhealthy: boolean;
  isStopping: boolean;
  state: string;
  /** Whether it was ever meant to run. */
  isReal: boolean;
}

const FAILED = /^(failed|rejected|orphaned)$/;
const ENDED = /^(complete|shutdown|remove|failed|rejected|orphaned)$/;
const LEAVING = /^(shutdown|remove|complete)$/;

/** Lives of a service's tasks as the history tells them, by slot or node, in their order. Pure. */
export function lanesOf(entries: readonly HistoryEntry[], serviceId: string): Lane[] {
  const drafts = new Map<string, Draft>();
  let seenAtMs = 0;
  for (const entry of entries) {
    // A state's own time is no news where only the wish changed: then it is no older than what was told before.
    const isOldState = entry.type === 'task-state' && entry.old === entry.new;
    const atMs = isOldState ? Math.max(entry.atMs, seenAtMs) : entry.atMs;
    seenAtMs = Math.max(seenAtMs, entry.atMs);
    if (!('service' in entry) || entry.service.id !== serviceId) continue;
    if (entry.type === 'task-state') hearState(drafts, entry, atMs);
    else if (entry.type === 'health') hearHealth(drafts, entry, atMs);
    else if (entry.type === 'service-removed') endAll(drafts, atMs);
  }
  return toLanes([...drafts.values()].filter(({ isReal }) => isReal));
}

function hearState(drafts: Map<string, Draft>, entry: TaskEntry, atMs: number): void {
  let draft = drafts.get(entry.taskId);
  if (draft === undefined) {
    draft = {
      first: entry,
      node: entry.node,
      stretches: [],
      fromMs: atMs,
      toMs: null,
      end: null,
      error: null,
      isUnhealthy: false,
      isStopping: false,
      state: entry.new,
      isReal: false,
    };
    drafts.set(entry.taskId, draft);
  }
  if (draft.toMs !== null) return;
  draft.node = entry.node ?? draft.node;
  draft.state = entry.new;
  draft.isStopping = LEAVING.test(entry.desired);
  draft.error = entry.error ?? draft.error;
  draft.isReal ||= !draft.isStopping || entry.new === 'running' || entry.new === 'starting';
  if (ENDED.test(entry.new)) finish(draft, atMs, FAILED.test(entry.new) ? 'failed' : 'stopped');
  else turn(draft, atMs);
}

function hearHealth(
  drafts: Map<string, Draft>,
  entry: Extract<HistoryEntry, { type: 'health' }>,
  atMs: number,
): void {
  const draft = drafts.get(entry.taskId);
  if (draft === undefined || draft.toMs !== null) return;
  draft.isUnhealthy = entry.health === 'unhealthy';
  turn(draft, atMs);
}

function endAll(drafts: Map<string, Draft>, atMs: number): void {
  for (const draft of drafts.values()) if (draft.toMs === null) finish(draft, atMs, 'stopped');
}

function turn(draft: Draft, atMs: number): void {
  const look = lookOf(draft);
  const last = draft.stretches.at(-1);
  if (last?.look === look) return;
  // Clocks of nodes differ a little: no stretch ends before it begins.
  const fromMs = Math.max(atMs, last?.fromMs ?? atMs);
  if (last !== undefined) last.toMs = fromMs;
  draft.stretches.push({ look, fromMs, toMs: null });
}

function lookOf({ isUnhealthy, isStopping, state }: Draft): TaskLook {
  if (isStopping) return 'stopping';
  if (isUnhealthy) return 'unhealthy';
  return state === 'running' ? 'running' : 'starting';
}

function finish(draft: Draft, atMs: number, end: 'failed' | 'stopped'): void {
  const last = draft.stretches.at(-1);
  draft.toMs = Math.max(atMs, last?.fromMs ?? draft.fromMs);
  draft.end = end;
  if (last !== undefined) last.toMs = draft.toMs;
}

function toLanes(drafts: readonly Draft[]): Lane[] {
  const byPlace = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const { slot } = draft.first;
    const place = slot === null ? `node ${draft.node ?? ''}` : `slot ${slot}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), draft]);
  }
  return [...byPlace.values()].map(toLane).sort(byOrder);
}

function toLane(drafts: readonly Draft[]): Lane {
  const rowEnds: number[] = [];
  const lives = [...drafts]
    .sort((one, other) => one.fromMs - other.fromMs)
    .map((draft): TaskLife => {
      const free = rowEnds.findIndex((endMs) => endMs <= draft.fromMs);
      const row = free < 0 ? rowEnds.length : free;
      rowEnds[row] = draft.toMs ?? Number.POSITIVE_INFINITY;
      const { first, stretches, fromMs, toMs, end, error } = draft;
      return { taskId: first.taskId, image: imageRef(first.image), stretches, fromMs, toMs, end, error, row };
    });
  const [first] = drafts;
  const slot = first?.first.slot ?? null;
  return {
    slot,
    node: slot === null ? (first?.node ?? null) : null,
    lives,
    rows: Math.max(1, rowEnds.length),
  };
}

function byOrder(one: Lane, other: Lane): number {
  if (one.slot !== null && other.slot !== null) return one.slot - other.slot;
  return (one.node ?? '').localeCompare(other.node ?? '', 'en', { numeric: true });
}
