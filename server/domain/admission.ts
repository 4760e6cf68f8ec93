import type { HostCapacity } from '../ports.ts';
import { LabError } from './lab-error.ts';

const MIB = 1024 * 1024;

export const ADMISSION = {
  /**
   * Room that the next node must find. With the chapter's stack it takes 111 MiB at rest (`bench -- density`: 99 in its
   * container, 12 around it) and peaks at 287 during an update; the doctor (setup/capacity.mjs) reckons alike.
   */
  memoryPerNodeBytes: 320 * MIB,
  /** Kept free for the host, the server and the page cache. */
  memoryReserveBytes: 768 * MIB,
  diskPerNodeBytes: 300 * MIB,
  diskReserveBytes: 1024 * MIB,
} as const;

export interface AdmissionRequest {
  readonly nodes: number;
  /** Labs that exist now, warm ones left out: a claim frees their place. */
  readonly runningLabs: number;
  /** Nodes that are being created: free memory does not show them yet. None, when left out. */
  readonly unseenNodes?: number;
  readonly maxLabs: number | undefined;
}

/**
 * Refuses a lab that the machine can't bear, before anything is made.
 * @throws {LabError} LAB_CAPACITY_REACHED or LAB_DISK_LOW with the figures
 */
export function admit(request: AdmissionRequest, host: HostCapacity): void {
  const maxLabs = request.maxLabs ?? Number.POSITIVE_INFINITY;
  const fitByMemory = request.runningLabs + labsInMemory(request, host);
  const limit = Math.min(fitByMemory, maxLabs);
  if (request.runningLabs >= limit) {
    throw new LabError('LAB_CAPACITY_REACHED', `${request.runningLabs} labs are open, ${limit} fit`, {
      params: { running: request.runningLabs, limit },
    });
  }
  const diskNeededBytes =
    (request.nodes + (request.unseenNodes ?? 0)) * ADMISSION.diskPerNodeBytes + ADMISSION.diskReserveBytes;
  if (host.diskFreeBytes < diskNeededBytes) {
    const params = {
      freeMiB: Math.floor(host.diskFreeBytes / MIB),
      neededMiB: Math.ceil(diskNeededBytes / MIB),
    };
    throw new LabError('LAB_DISK_LOW', `${params.freeMiB} MiB of disk free, ${params.neededMiB} MiB needed`, {
      params,
    });
  }
}

/** How many more labs of so many nodes the free memory is good for. */
function labsInMemory(
  { nodes, unseenNodes = 0 }: Pick<AdmissionRequest, 'nodes' | 'unseenNodes'>,
  { memoryAvailableBytes }: Pick<HostCapacity, 'memoryAvailableBytes'>,
): number {
  const { memoryPerNodeBytes, memoryReserveBytes } = ADMISSION;
  const freeBytes = memoryAvailableBytes - memoryReserveBytes - unseenNodes * memoryPerNodeBytes;
  return Math.max(0, Math.floor(freeBytes / (nodes * memoryPerNodeBytes)));
}

/** How many more labs of so many nodes fit, by memory, disk and the operator's limit. */
export function labsThatFit(request: AdmissionRequest, host: HostCapacity): number {
  const { diskPerNodeBytes, diskReserveBytes } = ADMISSION;
  const diskBytes = host.diskFreeBytes - diskReserveBytes - (request.unseenNodes ?? 0) * diskPerNodeBytes;
  const places = (request.maxLabs ?? Number.POSITIVE_INFINITY) - request.runningLabs;
  const byDisk = Math.floor(diskBytes / (request.nodes * diskPerNodeBytes));
  return Math.max(0, Math.min(labsInMemory(request, host), byDisk, places));
}
