import type Docker from 'dockerode';

interface MemoryStats {
  readonly usage?: number;
  readonly stats?: { readonly inactive_file?: number; readonly total_inactive_file?: number };
}

/**
 * Memory of a container with everything in it, counted as `docker stats` does: without the page cache that the
 * kernel may drop at any time. The outer engine answers it, so it works wherever the labs run.
 */
export async function containerMemoryMiB(engine: Docker, containerId: string): Promise<number> {
  const stats = (await engine.getContainer(containerId).stats({ stream: false, 'one-shot': true })) as {
    readonly memory_stats: MemoryStats;
  };
  const bytes = usedBytes(stats.memory_stats);
  if (bytes === null) throw new Error('the engine gives no memory figures for containers');
  return bytes / 1024 / 1024;
}

/** cgroup v2 has `inactive_file`; v1 has it for the cgroup alone and, with `total_`, for those below it. */
export function usedBytes({ usage, stats }: MemoryStats): number | null {
  if (usage === undefined) return null;
  const droppable = stats?.total_inactive_file ?? stats?.inactive_file ?? 0;
  return droppable < usage ? usage - droppable : usage;
}
