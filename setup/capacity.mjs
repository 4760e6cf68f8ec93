/**
 * The figures by which the server admits labs (server/domain/admission.ts), so that the doctor promises no more: a node
 * of the course peaked at 287 MB, with twelve replicas during an update.
 */
const LAB_MEMORY_BYTES = 320 * 2 ** 20;
const LAB_DISK_BYTES = 300 * 2 ** 20;

/** For the server, the engine and everybody else on the machine. */
const RESERVED_MEMORY_BYTES = 768 * 2 ** 20;
const RESERVED_DISK_BYTES = 2 ** 30;

/**
 * @param {{ availableMemoryBytes: number, freeDiskBytes: number | undefined }} machine
 * @returns {number} labs of one node that fit at the same time
 */
export function labsThatFit({ availableMemoryBytes, freeDiskBytes = Number.POSITIVE_INFINITY }) {
  const byMemory = (availableMemoryBytes - RESERVED_MEMORY_BYTES) / LAB_MEMORY_BYTES;
  const byDisk = (freeDiskBytes - RESERVED_DISK_BYTES) / LAB_DISK_BYTES;
  return Math.max(0, Math.floor(Math.min(byMemory, byDisk)));
}
