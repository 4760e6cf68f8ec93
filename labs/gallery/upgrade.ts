import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { UpdateConfig } from '#contract/swarm-snapshot.ts';
import { entriesOf, minRunning } from '#kit/history.ts';
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
  readonly healthyBefore: boolean;
  readonly completedAtMs: number | null;
  readonly leastRunning: number | null;
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
  const capacity = entriesOf(history, 'capacity', serviceId).findLast(
    (entry) => entry.atMs <= change.atMs && entry.seq < change.seq,
  );
  const health = entriesOf(history, 'health', serviceId);
  return {
    startedAtMs: change.atMs,
    updateConfig: change.updateConfig,
    storedRollbackConfig: before?.rollbackConfig ?? null,
    runningBefore: capacity?.byImage[V1_IMAGE] ?? 0,
    healthyBefore: health.some((entry) => entry.seq < change.seq && entry.health === 'healthy'),
    completedAtMs: completed?.atMs ?? null,
    leastRunning: minRunning(history, serviceId, {
      fromMs: change.atMs,
      toMs: completed?.atMs ?? Number.POSITIVE_INFINITY,
    }),
  };
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
