import { readdir, readFile } from 'node:fs/promises';

export interface TreeMemory {
  /** Proportional set size of the process and all its descendants: shared pages are counted once. */
  readonly pssMiB: number;
  readonly processes: number;
}

/** Memory of a process with its helpers, e.g. the clients that a terminal server starts per terminal. */
export async function treeMemory(rootPid: number): Promise<TreeMemory> {
  if (process.platform !== 'linux')
    throw new Error('memory of a process is read from /proc, which only Linux has');
  const pids = descendantsOf(rootPid, await parentsByPid());
  const sizesKiB = await Promise.all(pids.map(pssKiB));
  const known = sizesKiB.filter((size) => size !== null);
  if (!pids.includes(rootPid) || known.length === 0) throw new Error(`process ${rootPid} is gone`);
  return { pssMiB: known.reduce((sum, size) => sum + size, 0) / 1024, processes: known.length };
}

export async function rssMiB(pid: number): Promise<number> {
  if (process.platform !== 'linux')
    throw new Error('memory of a process is read from /proc, which only Linux has');
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kib === undefined) throw new Error(`process ${pid} has no resident memory: it is ending`);
  return Number(kib) / 1024;
}

/** Resident memory of a process and all its descendants; pages that they share are counted for each. */
export async function treeRssMiB(rootPid: number): Promise<number> {
  const pids = descendantsOf(rootPid, await parentsByPid());
  const sizes = await Promise.all(pids.map(rssMiB));
  return sizes.reduce((sum, mib) => sum + mib, 0);
}

/** Root first. Includes only processes that exist. */
export function descendantsOf(rootPid: number, parents: ReadonlyMap<number, number>): number[] {
  if (!parents.has(rootPid)) return [];
  const found = [rootPid];
  // Grows while it is walked, so that children of children are found too.
  for (const pid of found) {
    for (const [child, parent] of parents) if (parent === pid) found.push(child);
  }
  return found;
}

/** `/proc/PID/stat`: pid (name) state ppid …; the name may hold spaces and brackets. */
export function parentOf(stat: string): number | null {
  const parent = /^\S+ \(.*\) \S (\d+) /s.exec(stat)?.[1];
  return parent === undefined ? null : Number(parent);
}

export async function parentsByPid(): Promise<Map<number, number>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = new Map<number, number>();
  await Promise.all(
    pids.map(async (pid) => {
      const parent = parentOf(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
      if (parent !== null) parents.set(Number(pid), parent);
    }),
  );
  return parents;
}

/** `null`: ended while we looked. */
async function pssKiB(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kib = /^Pss:\s+(\d+) kB/m.exec(text)?.[1];
  return kib === undefined ? null : Number(kib);
}
