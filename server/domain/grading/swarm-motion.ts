import type { LabSnapshot, SwarmTask, SwarmView } from '#contract/swarm-snapshot.ts';

/** States that no task leaves again. */
export const ENDED_STATES: ReadonlySet<string> = new Set([
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
]);

/** True while the swarm is on its way from one state to the next, some steps of which make no event. */
export function isInMotion(snapshot: LabSnapshot): boolean {
  return (
    snapshot.labNodes.some((node) => !node.answers || node.swarmState === 'pending') ||
    snapshot.labNodes.some((node) => node.containers.some((container) => container.health === 'starting')) ||
    snapshot.swarms.some(isSwarmInMotion)
  );
}

function isSwarmInMotion(swarm: SwarmView): boolean {
  return (
    swarm.services.some(({ updateStatus }) =>
      /^(updating|rollback_started)$/.test(updateStatus?.state ?? ''),
    ) ||
    swarm.nodes.some((node) => node.state !== 'ready') ||
    swarm.tasks.some(isTaskInMotion)
  );
}

function isTaskInMotion(task: SwarmTask): boolean {
  // No node can take it: that lasts until somebody acts, which makes an event.
  if (task.state === 'pending' && task.error !== null) return false;
  if (task.desiredState === 'running') return task.state !== 'running';
  return !ENDED_STATES.has(task.state);
}
