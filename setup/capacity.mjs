/**
 * What one lab of one node takes with the course's stack running, measured on a 2-core machine: 171 MB of cgroup
 * memory right after the start with seven tasks, 60 MB idle; rounded up for what the kernel does not charge to it.
 */
const LAB_MEMORY_BYTES = 200 * 2 ** 20;

/** The node's own data root: app images, task layers and logs. */
const LAB_DISK_BYTES = 100 * 2 ** 20;

/** For the server, the engine and everybody else on the machine. */
const RESERVED_MEMORY_BYTES = 2 ** 30;
const RESERVED_DISK_BYTES = 2 * 2 ** 30;

/**
 * @param {{ availableMemoryBytes: number, freeDiskBytes: number | undefined }} machine
 * @returns {number} labs of one node that fit at the same time
 */
export function labsThatFit({ availableMemoryBytes, freeDiskBytes = Number.POSITIVE_INFINITY }) {
  const byMemory = (availableMemoryBytes - RESERVED_MEMORY_BYTES) / LAB_MEMORY_BYTES;
  const byDisk = (freeDiskBytes - RESERVED_DISK_BYTES) / LAB_DISK_BYTES;
  return Math.max(0, Math.floor(Math.min(byMemory, byDisk)));
}
