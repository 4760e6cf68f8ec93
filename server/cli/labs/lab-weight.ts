import type { LabDefinition } from '#contract/definitions.ts';
import type { HostCapacity } from '../../ports.ts';

/**
 * Labs wait more than they compute: health checks, monitor windows, heartbeats. With this many one-node labs per
 * processor two processors are busy, and probes still come in time.
 */
const LABS_PER_PROCESSOR = 4;
/** A further node idles in most exercises; it costs less than the first, which does the work. */
const FURTHER_NODE_WEIGHT = 0.5;
/** Part of the free memory that may be promised to labs. */
const MEMORY_SHARE = 0.7;

type Lab = Pick<LabDefinition, 'nodes' | 'limits'>;

/** A lab's share of the machine; a lab of one node weighs 1. */
export function labWeight({ nodes }: Lab): number {
  return 1 + (nodes.length - 1) * FURTHER_NODE_WEIGHT;
}

/** Weight that the machine carries at a time: by processors, and by memory even if every lab uses up its limit. */
export function machineCapacity(
  labs: readonly Lab[],
  processors: number,
  { memoryAvailableBytes }: Pick<HostCapacity, 'memoryAvailableBytes'>,
): number {
  const bytesPerWeight = labs.map(
    (lab) => (lab.limits.memoryMiB * lab.nodes.length * 2 ** 20) / labWeight(lab),
  );
  const byMemory = Math.floor((memoryAvailableBytes * MEMORY_SHARE) / Math.max(...bytesPerWeight));
  return Math.max(1, Math.min(byMemory, processors * LABS_PER_PROCESSOR));
}
