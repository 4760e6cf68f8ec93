import type Docker from 'dockerode';
import type { NodeUsage } from '#contract/class-live.ts';
import type { LabNodeRef } from '../ports.ts';

/**
 * What nodes use now, as the engine counts it (`GET /containers/ID/stats`, API 1.41): two looks a second apart. Nodes
 * that don't run are left out.
 */
export async function nodeUsage(
  engine: Docker,
  nodes: readonly LabNodeRef[],
  signal: AbortSignal,
): Promise<NodeUsage[]> {
  const asked = Promise.all(
    nodes.map(async ({ name, containerId }) => {
      const stats = await engine
        .getContainer(containerId)
        .stats({ stream: false })
        // It is gone, or going.
        .catch(() => null);
      return stats === null ? null : usageOf(name, stats);
    }),
  );
  // The engine's own look takes a second or two, and can't be called off.
  const found = await untilAborted(asked, signal);
  return found.filter((usage) => usage !== null);
}

/** @returns `null` for a node that does not run */
export function usageOf(name: string, stats: Docker.ContainerStats): NodeUsage | null {
  const { memory_stats: memory, pids_stats: pids } = stats;
  if (!(memory.limit > 0) || memory.usage === undefined) return null;
  // What only caches files is given back when somebody needs it. The names are those of cgroup v2 and v1.
  const cache = memory.stats?.inactive_file ?? memory.stats?.total_inactive_file ?? 0;
  return {
    name,
    memoryBytes: Math.max(memory.usage - cache, 0),
    memoryLimitBytes: memory.limit,
    cpus: cpusOf(stats),
    pids: pids?.current ?? 0,
    pidsLimit: pidsLimitOf(pids?.limit),
  };
}

function cpusOf({ cpu_stats: now, precpu_stats: before }: Docker.ContainerStats): number | null {
  const machineNs = now.system_cpu_usage - before.system_cpu_usage;
  const usedNs = now.cpu_usage.total_usage - before.cpu_usage.total_usage;
  if (!(machineNs > 0) || !(usedNs >= 0)) return null;
  return (usedNs / machineNs) * (now.online_cpus || 1);
}

/** No limit comes as the largest number there is. */
function pidsLimitOf(limit: number | undefined): number | null {
  return limit !== undefined && Number.isSafeInteger(limit) ? limit : null;
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
