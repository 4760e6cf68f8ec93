import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { CGROUP_ROOT, cgroupFolder } from './cgroup-folder.ts';

/** CPU time that a container with everything in it has used so far. Milliseconds, from its cgroup. */
export async function containerCpuMs(engine: Docker, container: string): Promise<number> {
  const { Id, State } = await engine.getContainer(container).inspect();
  const membership = await readFile(`/proc/${State.Pid}/cgroup`, 'utf8');
  const folder = cgroupFolder(membership, Id, 'cpuacct');
  if (folder === null) throw new Error('no cgroup of this machine tells the CPU time of a container');
  const [v1, v2] = await Promise.all(
    ['cpuacct.usage', 'cpu.stat'].map((file) =>
      readFile(join(CGROUP_ROOT, folder, file), 'utf8').catch(() => ''),
    ),
  );
  return cpuMsOf(v1 ?? '', v2 ?? '');
}

/** @param usage `cpuacct.usage` of cgroup v1, nanoseconds @param stat `cpu.stat` of v2 */
export function cpuMsOf(usage: string, stat: string): number {
  if (/^\d+\s*$/.test(usage)) return Number(usage) / 1e6;
  const micro = /^usage_usec (\d+)$/m.exec(stat)?.[1];
  if (micro === undefined) throw new Error('the cgroup of a container does not tell its CPU time');
  return Number(micro) / 1e3;
}
