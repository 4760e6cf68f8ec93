import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { UpdateConfig } from '#contract/swarm-snapshot.ts';
import { entriesOf } from '#kit/history.ts';
import { sameImage } from '#kit/image-ref.ts';
import { V1_IMAGE, V2_IMAGE } from './stack.ts';

/** The latest change of the service from v1 to v2, and how it stood and went. */
export interface Upgrade {
  readonly startedAtMs: number;
  /** Settings that the update itself obeyed. */
  readonly updateConfig: UpdateConfig | null;
  /** Settings stored with v1: the ones that a rollback of this update would have obeyed. */
  readonly storedRollbackConfig: UpdateConfig | null;
  /** Replicas of v1 that ran when it began. */
  readonly runningBefore: number;
  /** Their containers had a health check; a task that has one runs only after passing it. */
  readonly checkedBefore: boolean;
  readonly completedAtMs: number | null;
  /** Fewest that ran at once, from its beginning to its end or to now. */
  readonly leastRunning: number;
}

/** `null` when this service never went from v1 to v2. A later attempt counts instead of an earlier one. */
export function latestUpgrade(history: readonly HistoryEntry[], serviceId: string): Upgrade | null {
  const changes = entriesOf(history, 'spec-changed', serviceId);
  const change = changes.findLast(
    ({ image }) => sameImage(image.old, V1_IMAGE) && sameImage(image.new, V2_IMAGE),
  );
  if (change === undefined) return null;
  const before = [...entriesOf(history, 'service-created', serviceId), ...changes]
    .filter((entry) => entry.seq < change.seq)
    .sort((one, other) => one.seq - other.seq)
    .at(-1);
  const completed = entriesOf(history, 'update-state', serviceId).find(
    (entry) => entry.seq > change.seq && entry.new === 'completed',
  );
  const runningBefore = runningAt(history, serviceId, change.atMs);
  const endsAtMs = completed?.atMs ?? Number.POSITIVE_INFINITY;
  const during = entriesOf(history, 'capacity', serviceId).filter(
    ({ atMs }) => atMs > change.atMs && atMs <= endsAtMs,
  );
  return {
    startedAtMs: change.atMs,
    updateConfig: change.updateConfig,
    storedRollbackConfig: before?.rollbackConfig ?? null,
    runningBefore: runningBefore.size,
    checkedBefore: entriesOf(history, 'health', serviceId).some(({ taskId }) => runningBefore.has(taskId)),
    completedAtMs: completed?.atMs ?? null,
    leastRunning: Math.min(runningBefore.size, ...during.map(({ running }) => running)),
  };
}

/** Tasks of v1 that ran at a moment, by the times that the swarm itself gives: a look may come later than the change. */
function runningAt(history: readonly HistoryEntry[], serviceId: string, atMs: number): Set<string> {
  const running = new Set<string>();
  for (const entry of entriesOf(history, 'task-state', serviceId)) {
    if (entry.atMs > atMs || !sameImage(entry.image, V1_IMAGE)) continue;
    if (entry.new === 'running') running.add(entry.taskId);
    else running.delete(entry.taskId);
  }
  return running;
}

/** Another service of this name ran v1 before: the stack was removed, which is no update. */
export function ranElsewhere(history: readonly HistoryEntry[], name: string, serviceId: string): boolean {
  return history.some(
    (entry) =>
      entry.type === 'service-created' &&
      entry.service.name === name &&
      entry.service.id !== serviceId &&
      sameImage(entry.image, V1_IMAGE),
  );
}
