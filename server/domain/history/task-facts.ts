import type { HistoryFact } from '#contract/swarm-history.ts';
import type { LabSnapshot, SwarmNode, SwarmService, SwarmTask, SwarmView } from '#contract/swarm-snapshot.ts';
import type { TimedFact } from './history-log.ts';

/** Tasks of a service that began, moved on or ended between two looks, at the time that the swarm gives. */
export function taskFacts(service: SwarmService, before: SwarmView | null, now: SwarmView): TimedFact[] {
  const earlier = new Map(before?.tasks.map((task) => [task.id, task]));
  const hostnames = new Map(now.nodes.map((node) => [node.id, node.hostname]));
  return now.tasks
    .filter((task) => task.serviceId === service.id)
    .filter((task) => hasMoved(earlier.get(task.id), task))
    .map((task) => {
      const node = task.nodeId === null ? null : (hostnames.get(task.nodeId) ?? null);
      const old = earlier.get(task.id)?.state ?? null;
      return { atMs: task.stateAtMs, fact: taskFact(service, task, old, node) };
    });
}

function taskFact(
  service: SwarmService,
  task: SwarmTask,
  old: string | null,
  node: string | null,
): HistoryFact {
  return {
    type: 'task-state',
    service: { id: service.id, name: service.name },
    taskId: task.id,
    slot: task.slot,
    node,
    image: task.image,
    old,
    new: task.state,
    desired: task.desiredState,
    error: task.error,
  };
}

function hasMoved(before: SwarmTask | undefined, now: SwarmTask): boolean {
  if (before === undefined) return true;
  return before.state !== now.state || before.desiredState !== now.desiredState || before.error !== now.error;
}

/** Running tasks by image, when they differ from the earlier look. */
export function capacityFact(
  service: SwarmService,
  before: SwarmView | null,
  now: SwarmView,
): HistoryFact | null {
  const capacity = capacityOf(service, now);
  if (before !== null && JSON.stringify(capacityOf(service, before)) === JSON.stringify(capacity))
    return null;
  return { type: 'capacity', service: { id: service.id, name: service.name }, ...capacity };
}

/** What a service runs of what it wants, by the swarm it is in. */
export function capacityOf(service: SwarmService, swarm: SwarmView) {
  const tasks = swarm.tasks.filter((task) => task.serviceId === service.id);
  const lost = new Set(swarm.nodes.filter(isLost).map((node) => node.id));
  const running = tasks.filter(
    (task) => task.state === 'running' && task.desiredState === 'running' && !lost.has(task.nodeId ?? ''),
  );
  const byImage = new Map<string, number>();
  for (const image of running.map((task) => task.image).sort())
    byImage.set(image, (byImage.get(image) ?? 0) + 1);
  return {
    running: running.length,
    desired: desiredTasks(service, swarm),
    // An image may be called anything, `__proto__` too.
    byImage: Object.fromEntries(byImage),
  };
}

/**
 * The tasks of a dead node are listed as running for ever. One of which a new leader has not heard yet (`unknown`) is
 * as alive as before: taking its tasks away would write down a loss that nobody felt.
 */
function isLost(node: SwarmNode): boolean {
  return node.state === 'down' || node.state === 'disconnected';
}

function desiredTasks(service: SwarmService, swarm: SwarmView): number {
  const current = swarm.services.find((candidate) => candidate.id === service.id) ?? service;
  if (current.spec.mode.type === 'replicated') return current.spec.mode.replicas;
  return swarm.tasks.filter((task) => task.serviceId === service.id && task.desiredState === 'running')
    .length;
}

/** Containers of the service whose health changed. */
export function healthFacts(
  service: SwarmService,
  before: LabSnapshot | null,
  now: LabSnapshot,
  swarm: SwarmView,
): HistoryFact[] {
  const ofService = new Set(
    swarm.tasks.filter((task) => task.serviceId === service.id).map((task) => task.id),
  );
  const earlier = new Map(containersOf(before).map((container) => [container.id, container.health]));
  return containersOf(now)
    .filter((container) => ofService.has(container.taskId) && container.health !== 'none')
    .filter((container) => earlier.get(container.id) !== container.health)
    .map((container) => ({
      type: 'health',
      service: { id: service.id, name: service.name },
      taskId: container.taskId,
      health: container.health,
    }));
}

function containersOf(snapshot: LabSnapshot | null) {
  return snapshot?.labNodes.flatMap((node) => node.containers) ?? [];
}
