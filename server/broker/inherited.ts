import { closeSync, readdirSync, readFileSync } from 'node:fs';

/** `O_CLOEXEC` as /proc shows it. */
const CLOSES_ON_EXEC = 0o2000000;

/**
 * Descriptors above our channel that every program gets which we start: not ours, but of whoever started us. A web
 * process has no use for them, and some may lead where only root should go.
 */
export function inheritedDescriptors(firstOwn: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fdinfo')
    .map(Number)
    .filter((fd) => fd > firstOwn && !closesOnExec(fd));
}

export function closeDescriptors(list: string): void {
  for (const fd of list.split(',').filter(Boolean)) closeSync(Number(fd));
}

function closesOnExec(fd: number): boolean {
  try {
    const flags = /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1];
    return (Number.parseInt(flags ?? '0', 8) & CLOSES_ON_EXEC) !== 0;
  } catch {
    // The one by which the folder was read.
    return true;
  }
}
