import { readFile } from 'node:fs/promises';
import { descendantsOf, parentsByPid } from './process-memory.ts';

/** `USER_HZ`, which is 100 on every Linux that Node runs on. */
const TICK_MS = 10;

/** CPU time that a process and its present descendants have used, all threads together. Linux only. */
export async function treeCpuMs(rootPid: number): Promise<number> {
  const pids = descendantsOf(rootPid, await parentsByPid());
  const times = await Promise.all(
    pids.map(async (pid) => cpuMsIn(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))),
  );
  return times.reduce((sum, ms) => sum + ms, 0);
}

/** User and system time of `/proc/PID/stat`; the name in brackets may hold spaces. 0 for a process that is gone. */
export function cpuMsIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return Number.isFinite(user + system) ? (user + system) * TICK_MS : 0;
}
