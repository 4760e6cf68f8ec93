import { MAP_ENDED_SHOWN_MS } from '#contract/swarm-map.ts';
import type { SwarmTask } from '#contract/swarm-snapshot.ts';
import { ENDED_STATES } from '../grading/swarm-motion.ts';

const FAILED_STATES: ReadonlySet<string> = new Set(['failed', 'rejected']);

/** The tasks that tell what is and what has just been, those that matter most first. Docker keeps far older ones. */
export function shownTasks(tasks: readonly SwarmTask[], nowMs: number): SwarmTask[] {
  const alive = tasks.filter((task) => !ENDED_STATES.has(task.state));
  const ended = tasks
    .filter((task) => ENDED_STATES.has(task.state))
    .sort((one, other) => other.stateAtMs - one.stateAtMs);
  const recent = ended.filter((task) => nowMs - task.stateAtMs < MAP_ENDED_SHOWN_MS);
  const failures = newestOfSlots(ended.filter((task) => FAILED_STATES.has(task.state)));
  return [...new Set([...alive, ...recent, ...failures])];
}

/** @param newestFirst tasks of any services */
function newestOfSlots(newestFirst: readonly SwarmTask[]): SwarmTask[] {
  const newest = new Map<string, SwarmTask>();
  for (const task of newestFirst) {
    const place = JSON.stringify([task.serviceId, task.slot ?? task.nodeId]);
    if (!newest.has(place)) newest.set(place, task);
  }
  return [...newest.values()];
}
