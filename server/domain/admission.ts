import type { HostCapacity } from '../ports.ts';
import { LabError } from './lab-error.ts';

const MIB = 1024 * 1024;

export const ADMISSION = {
  /** Peak of a node with the chapter's stack during an update was 287 MB; the doctor (setup/capacity.mjs) reckons alike. */
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
  readonly maxLabs: number | undefined;
}

/**
 * Refuses a lab that the machine can't bear, before anything is made.
 * @throws {LabError} LAB_CAPACITY_REACHED or LAB_DISK_LOW with the figures
 */
export function admit(request: AdmissionRequest, host: HostCapacity): void {
  const memoryFreeBytes = host.memoryAvailableBytes - ADMISSION.memoryReserveBytes;
  const neededBytes = request.nodes * ADMISSION.memoryPerNodeBytes;
  const fitByMemory = request.runningLabs + Math.max(0, Math.floor(memoryFreeBytes / neededBytes));
  const limit = Math.min(fitByMemory, request.maxLabs ?? Number.POSITIVE_INFINITY);
  if (request.runningLabs >= limit) {
    throw new LabError('LAB_CAPACITY_REACHED', `${request.runningLabs} labs are open, ${limit} fit`, {
      params: { running: request.runningLabs, limit },
    });
  }
  const diskNeededBytes = request.nodes * ADMISSION.diskPerNodeBytes + ADMISSION.diskReserveBytes;
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
