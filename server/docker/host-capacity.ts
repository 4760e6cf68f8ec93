import { readFile, statfs } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import type { HostCapacity } from '../ports.ts';

/** @param folders where disk is used; the first that exists here is measured (an engine's may lie elsewhere) */
export async function hostCapacity(folders: readonly string[]): Promise<HostCapacity> {
  return {
    memoryTotalBytes: totalmem(),
    memoryAvailableBytes: await memoryAvailableBytes(),
    diskFreeBytes: await diskFreeBytes(folders),
  };
}

async function diskFreeBytes(folders: readonly string[]): Promise<number> {
  for (const folder of folders) {
    const disk = await statfs(folder).catch(() => null);
    if (disk !== null) return disk.bavail * disk.bsize;
  }
  throw new Error(`none of these folders can be measured: ${folders.join(', ')}`);
}

/** What new labs could take without swapping: the kernel counts its reclaimable cache in, `os.freemem` does not. */
async function memoryAvailableBytes(): Promise<number> {
  const meminfo = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kib = /^MemAvailable:\s+(\d+) kB/m.exec(meminfo)?.[1];
  return kib === undefined ? freemem() : Number(kib) * 1024;
}
