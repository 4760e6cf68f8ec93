import { readFile } from 'node:fs/promises';
import { descendantsOf, parentsByPid } from './process-memory.ts';

/** Memory of the shims outside containers that keep them, one for each. 0 where they can't be seen. */
export async function shimsMiB(containerPids: readonly number[]): Promise<number> {
  const parents = await parentsByPid();
  const shims = new Set(containerPids.map((pid) => parents.get(pid)).filter((pid) => pid !== undefined));
  const own = await Promise.all(
    [...shims].map(async (shim) => {
      const inside = new Set(containerPids.flatMap((pid) => descendantsOf(pid, parents)));
      return inside.has(shim) ? 0 : pssOf(shim);
    }),
  );
  return own.reduce((sum, mib) => sum + mib, 0);
}

async function pssOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kib = /^Pss:\s+(\d+) kB/m.exec(text)?.[1];
  return kib === undefined ? 0 : Number(kib) / 1024;
}
