import type { MapTask } from '#contract/swarm-map.ts';

/**
 * What a tile looks like. `waiting`: no node was found yet. `cut`: its node runs it still, and the cluster can't see
 * that. `unknown`: nobody can tell, this was last known.
 */
export const TASK_PHASES = [
  'running',
  'unhealthy',
  'starting',
  'waiting',
  'stopping',
  'stopped',
  'failed',
  'cut',
  'unknown',
] as const;
export type TaskPhase = (typeof TASK_PHASES)[number];

/** Who can be asked about a task. */
export interface TaskHome {
  /** The cluster speaks for the node: a manager answers, and has not lost it. */
  readonly isTold: boolean;
  /** The node's own engine answers. */
  readonly answers: boolean;
  /** Whether that engine runs the task's container; asked where the cluster does not tell. */
  readonly runs: boolean;
}

const FAILED: ReadonlySet<string> = new Set(['failed', 'rejected', 'orphaned']);
const STOPPED: ReadonlySet<string> = new Set(['complete', 'shutdown', 'remove']);
const LEAVING: ReadonlySet<string> = new Set(['complete', 'shutdown', 'remove']);

export function phaseOf(task: MapTask, home: TaskHome): TaskPhase {
  if (FAILED.has(task.state)) return 'failed';
  if (STOPPED.has(task.state)) return 'stopped';
  if (!home.isTold && task.nodeId !== null) {
    if (!home.answers) return 'unknown';
    return home.runs ? 'cut' : 'stopped';
  }
  if (LEAVING.has(task.desired)) return 'stopping';
  if (task.state === 'running') return task.health === 'unhealthy' ? 'unhealthy' : 'running';
  return task.nodeId === null ? 'waiting' : 'starting';
}

export function hasEnded(task: MapTask): boolean {
  return FAILED.has(task.state) || STOPPED.has(task.state);
}
