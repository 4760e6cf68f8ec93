import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { CGROUP_ROOT, cgroupFolder } from './cgroup-folder.ts';

interface MemoryStats {
  readonly usage?: number;
  readonly stats?: { readonly inactive_file?: number; readonly total_inactive_file?: number };
}

/**
 * Memory of a container with everything in it, counted as `docker stats` does: without the page cache that the
 * kernel may drop at any time. The outer engine is asked first, which works wherever the labs run; Docker 20.10
 * answers with zeros where a cgroup v1 controller is not mounted, so then the cgroup itself is read.
 */
export async function containerMemoryMiB(engine: Docker, container: string): Promise<number> {
  const handle = engine.getContainer(container);
  const { memory_stats: told } = (await handle.stats({ stream: false, 'one-shot': true })) as {
    readonly memory_stats: MemoryStats;
  };
  const bytes = usedBytes(told) ?? usedBytes(await cgroupMemory(await handle.inspect()));
  if (bytes === null)
    throw new Error('neither the engine nor a cgroup of this machine tells the memory of a container');
  return bytes / 1024 / 1024;
}

/** cgroup v2 has `inactive_file`; v1 has it for the cgroup alone and, with `total_`, for those below it. */
export function usedBytes({ usage, stats }: MemoryStats): number | null {
  if (usage === undefined) return null;
  const droppable = stats?.total_inactive_file ?? stats?.inactive_file ?? 0;
  return droppable < usage ? usage - droppable : usage;
}

async function cgroupMemory({ Id, State }: Docker.ContainerInspectInfo): Promise<MemoryStats> {
  const membership = await readFile(`/proc/${State.Pid}/cgroup`, 'utf8').catch(() => '');
  const folder = cgroupFolder(membership, Id, 'memory');
  if (folder === null) return {};
  const [v1, v2, stat] = await Promise.all(
    ['memory.usage_in_bytes', 'memory.current', 'memory.stat'].map((file) =>
      readFile(join(CGROUP_ROOT, folder, file), 'utf8').catch(() => ''),
    ),
  );
  const usage = v1 || v2;
  if (!usage) return {};
  const fields = [...(stat ?? '').matchAll(/^((?:total_)?inactive_file) (\d+)$/gm)];
  return {
    usage: Number(usage),
    stats: Object.fromEntries(fields.map(([, name = '', value]) => [name, Number(value)])),
  };
}
