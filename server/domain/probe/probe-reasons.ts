import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';

/** How long a visitor's requests are of interest after something has happened. */
const AFTER_MS = {
  rollout: 4_000,
  deployment: 20_000,
  failure: 15_000,
  node: 60_000,
} as const;

/** Milliseconds for which requests are worth while from now on; 0 when nothing of this gives a reason. */
export function reasonAmong(entries: readonly HistoryEntry[]): number {
  return Math.max(0, ...entries.map(reasonOf));
}

/** An update that lasts is a reason for as long as it does. */
export function reasonIn(snapshot: LabSnapshot): number {
  const isUpdating = snapshot.swarms.some((swarm) =>
    swarm.services.some(({ updateStatus }) =>
      /^(updating|rollback_started)$/.test(updateStatus?.state ?? ''),
    ),
  );
  return isUpdating ? AFTER_MS.rollout : 0;
}

function reasonOf(entry: HistoryEntry): number {
  switch (entry.type) {
    case 'update-state':
      return AFTER_MS.rollout;
    case 'service-created':
    case 'spec-changed':
      return AFTER_MS.deployment;
    case 'task-state':
      return /^(failed|rejected)$/.test(entry.new) ? AFTER_MS.failure : 0;
    case 'power':
    case 'control':
    case 'node-changed':
    case 'node-removed':
      return AFTER_MS.node;
    default:
      return 0;
  }
}
