import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { entriesOf } from '#kit/history.ts';
import { imageRef, sameImage } from '#kit/image-ref.ts';
import type { Rollout } from '#kit/rollouts.ts';
import { tasksOf } from '#kit/tasks.ts';

type History = readonly HistoryEntry[];

/** A deployment makes its tasks a moment before its status says so. */
const BEFORE_STATUS_MS = 1_000;

/**
 * When the tasks of an update or rollback began, oldest first. The swarm knows it exactly; of tasks that it has
 * forgotten, the history knows it nearly.
 */
export function taskStarts(
  history: History,
  swarm: SwarmView,
  service: SwarmService,
  { toImage, startedAtMs, endedAtMs }: Pick<Rollout, 'toImage' | 'startedAtMs' | 'endedAtMs'>,
): number[] {
  const starts = new Map<string, number>();
  for (const entry of entriesOf(history, 'task-state', service.id)) {
    if (entry.old === null && sameImage(entry.image, toImage)) starts.set(entry.taskId, entry.atMs);
  }
  for (const task of tasksOf(swarm, service)) if (starts.has(task.id)) starts.set(task.id, task.createdAtMs);
  return [...starts.values()]
    .filter((atMs) => atMs >= startedAtMs - BEFORE_STATUS_MS)
    .filter((atMs) => endedAtMs === null || atMs <= endedAtMs)
    .sort((one, other) => one - other);
}

/** From the first task of an update to the first of its second batch, in seconds; `null` when there is none. */
export function secondsToSecondBatch(
  history: History,
  swarm: SwarmView,
  service: SwarmService,
  rollout: Rollout,
): number | null {
  const starts = taskStarts(history, swarm, service, rollout);
  const first = starts[0];
  const second = starts[rollout.updateConfig?.parallelism ?? 1];
  return first === undefined || second === undefined ? null : (second - first) / 1000;
}

/** When as many replicas as this first ran the image at once, at that moment or later; `null` when they never did. */
export function runningSince(
  history: History,
  serviceId: string,
  { image, replicas, fromMs }: { readonly image: string; readonly replicas: number; readonly fromMs: number },
): number | null {
  const count = (byImage: Readonly<Record<string, number>>): number =>
    Object.entries(byImage)
      .filter(([name]) => sameImage(name, image))
      .reduce((sum, [, running]) => sum + running, 0);
  const line = entriesOf(history, 'capacity', serviceId);
  return line.find((entry) => entry.atMs >= fromMs && count(entry.byImage) >= replicas)?.atMs ?? null;
}

/** Whether a deployment of a stack asked for this image: a command leaves the stack's own label behind. */
export function askedByStack(history: History, serviceId: string, image: string): boolean {
  return entriesOf(history, 'spec-changed', serviceId).some(
    (entry) =>
      entry.changed.includes('image') &&
      sameImage(entry.image.new, image) &&
      entry.stackImage !== null &&
      imageRef(entry.stackImage) === imageRef(image),
  );
}
