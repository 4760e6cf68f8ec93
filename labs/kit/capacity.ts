import type { CheckResult } from '#contract/check.ts';
import type { SwarmService, SwarmTask, SwarmView } from '#contract/swarm-snapshot.ts';
import { eligibleNodes } from './eligible-nodes.ts';
import { failed, passed, pending } from './results.ts';
import { scaledByHand } from './services.ts';
import { blockedReason, liveTasks, tasksOf } from './tasks.ts';

/** Messages that {@link replicasRunning} may give. */
export const REPLICAS_MESSAGES = [
  'replicas-mode',
  'replicas-spec',
  'scaled-by-hand',
  'replicas-starting',
  'replicas-blocked',
  'replicas-failing',
] as const;
export type ReplicasMessage = (typeof REPLICAS_MESSAGES)[number];

/** The service asks for exactly this many replicas, by its stack, and as many run. */
export function replicasRunning(
  swarm: SwarmView,
  service: SwarmService,
  expected: number,
): CheckResult<ReplicasMessage> {
  const { mode } = service.spec;
  const running = liveTasks(swarm, service).length;
  const seen = { service: service.name, mode: mode.type, running };
  const values = { service: service.name, n: running, expected };
  if (mode.type !== 'replicated') return failed('replicas-mode', values, seen);
  if (mode.replicas !== expected) {
    return failed('replicas-spec', { ...values, n: mode.replicas }, { ...seen, replicas: mode.replicas });
  }
  if (scaledByHand(service)) return failed('scaled-by-hand', values, seen);
  if (running === expected) return passed(seen);
  const blocked = blockedReason(swarm, service);
  if (blocked !== null)
    return failed('replicas-blocked', { ...values, error: blocked }, { ...seen, error: blocked });
  const failure = startFailure(swarm, service);
  if (failure !== null)
    return failed('replicas-failing', { ...values, error: failure }, { ...seen, error: failure });
  return pending('replicas-starting', values, seen);
}

/** Messages that {@link globalRunning} may give. */
export const GLOBAL_MESSAGES = ['global-mode', 'global-starting', 'global-blocked'] as const;
export type GlobalMessage = (typeof GLOBAL_MESSAGES)[number];

/** One running task on every node that may take one: not simply on every node. */
export function globalRunning(swarm: SwarmView, service: SwarmService): CheckResult<GlobalMessage> {
  const { mode } = service.spec;
  const live = liveTasks(swarm, service);
  const seen = { service: service.name, mode: mode.type, running: live.length };
  if (mode.type !== 'global') return failed('global-mode', { service: service.name }, seen);
  const eligible = eligibleNodes(swarm, service.spec);
  const served = new Set(live.map((task) => task.nodeId));
  const covered = eligible.filter((node) => served.has(node.id)).length;
  if (eligible.length > 0 && covered === eligible.length) return passed(seen);
  const values = { service: service.name, n: covered, expected: eligible.length };
  const blocked = blockedReason(swarm, service);
  if (blocked !== null && !isHandover(blocked)) {
    return failed('global-blocked', { ...values, error: blocked }, { ...seen, error: blocked });
  }
  return pending('global-starting', values, seen);
}

/** The old task of a host-mode port holds it for some seconds more: this passes by itself. */
function isHandover(error: string): boolean {
  return error.includes('host-mode port already in use');
}

/**
 * Why tasks do not get to run at all: an image that is not there, a program that ends at once. Replicas that were
 * ended from outside (by a health check, with the engine) did run, and are replaced: no failure to start.
 */
function startFailure(swarm: SwarmView, service: SwarmService): string | null {
  const newest = tasksOf(swarm, service)
    .filter((task) => task.state === 'rejected' || (task.state === 'failed' && !wasEnded(task)))
    .sort((one, other) => other.stateAtMs - one.stateAtMs)[0];
  return newest === undefined ? null : (newest.error ?? newest.state);
}

/** SIGKILL or SIGTERM. */
const ENDED_FROM_OUTSIDE = /non-zero exit \((137|143)\)/;

function wasEnded(task: SwarmTask): boolean {
  return ENDED_FROM_OUTSIDE.test(task.error ?? '');
}
