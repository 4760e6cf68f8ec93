import type { LabSnapshot, SwarmNode, SwarmService, SwarmTask, SwarmView } from '#contract/swarm-snapshot.ts';
import { imageRef } from './image-ref.ts';

export function tasksOf(swarm: SwarmView, service: SwarmService): SwarmTask[] {
  return swarm.tasks.filter((task) => task.serviceId === service.id);
}

/**
 * Tasks that serve now: wanted, running, on a node that is there and not drained. `state === 'running'` alone
 * would count the tasks of a crashed node as well. Slot numbers are no count: they need not be 1…n.
 */
export function liveTasks(swarm: SwarmView, service: SwarmService): SwarmTask[] {
  const usable = new Set(swarm.nodes.filter(isUsable).map((node) => node.id));
  return tasksOf(swarm, service).filter(
    (task) =>
      task.desiredState === 'running' &&
      task.state === 'running' &&
      task.nodeId !== null &&
      usable.has(task.nodeId),
  );
}

function isUsable(node: SwarmNode): boolean {
  return node.state === 'ready' && node.availability !== 'drain';
}

/** Live tasks that run the image which the spec asks for: during an update the spec is ahead of its tasks. */
export function liveTasksOfSpec(swarm: SwarmView, service: SwarmService): SwarmTask[] {
  const wanted = imageRef(service.spec.image);
  return liveTasks(swarm, service).filter((task) => imageRef(task.image) === wanted);
}

/** The newest reason why a wanted task does not get to run ("no suitable node (insufficient resources…)"). */
export function blockedReason(swarm: SwarmView, service: SwarmService): string | null {
  const blocked = tasksOf(swarm, service)
    .filter((task) => task.desiredState === 'running' && task.state === 'pending' && task.error !== null)
    .sort((one, other) => other.stateAtMs - one.stateAtMs);
  return blocked[0]?.error ?? null;
}

export type TaskHealth = 'none' | 'starting' | 'healthy' | 'unhealthy';

/** Health of a task's container; `none` for a container without health check, or on a node that does not answer. */
export function healthOf(snapshot: LabSnapshot, task: SwarmTask): TaskHealth {
  for (const node of snapshot.labNodes) {
    const container = node.containers.find((candidate) => candidate.taskId === task.id);
    if (container) return container.health;
  }
  return 'none';
}

const UNHEALTHY_ERROR = /unhealthy container/;

/** Tasks that the health check ended, as against those that an update replaced. Newest first. */
export function tasksFailedUnhealthy(swarm: SwarmView, service: SwarmService): SwarmTask[] {
  return tasksOf(swarm, service)
    .filter((task) => task.state === 'failed' && UNHEALTHY_ERROR.test(task.error ?? ''))
    .sort((one, other) => other.stateAtMs - one.stateAtMs);
}
