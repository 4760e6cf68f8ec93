import type { CheckResult } from '#contract/check.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { imageRef } from './image-ref.ts';
import { failed, passed, pending } from './results.ts';
import { liveTasksOfSpec, tasksOf } from './tasks.ts';

/** Messages that {@link settled} may give. */
export const SETTLED_MESSAGES = [
  'update-in-progress',
  'rollback-in-progress',
  'update-paused',
  'rollback-paused',
  'rolled-back',
] as const;
export type SettledMessage = (typeof SETTLED_MESSAGES)[number];

/**
 * Passed when no update is under way and the last one, if any, was completed. A later deployment without changes
 * erases the status, so "no status" counts as settled too.
 */
export function settled(swarm: SwarmView, service: SwarmService): CheckResult<SettledMessage> {
  const status = service.updateStatus;
  const seen = { service: service.name, update: status?.state ?? null };
  if (status === null || status.state === 'completed') return passed(seen);
  const values = { service: service.name, error: updateError(swarm, service) };
  switch (status.state) {
    case 'updating': {
      const replaced = liveTasksOfSpec(swarm, service).length;
      return pending('update-in-progress', { ...values, n: replaced }, { ...seen, replaced });
    }
    case 'rollback_started':
      return pending('rollback-in-progress', values, seen);
    case 'paused':
      return failed('update-paused', values, { ...seen, error: values.error });
    case 'rollback_paused':
      return failed('rollback-paused', values, { ...seen, error: values.error });
    case 'rollback_completed':
      return failed('rolled-back', { ...values, image: imageRef(service.spec.image) }, seen);
  }
}

/** Error of the task that `UpdateStatus` names, else of the newest failed task, else the status' own words. */
function updateError(swarm: SwarmView, service: SwarmService): string {
  const message = service.updateStatus?.message ?? '';
  const named = /task (\S+)/.exec(message)?.[1];
  const withError = tasksOf(swarm, service)
    .filter((task) => task.error !== null)
    .sort((one, other) => other.stateAtMs - one.stateAtMs);
  const task = withError.find((candidate) => candidate.id === named) ?? withError[0];
  return task?.error ?? message;
}
