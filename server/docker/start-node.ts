import type Docker from 'dockerode';
import type { DiskWay } from './disk/disk-way.ts';
import { labelsOf, type NodeContainerPlan, nodeContainerOptions } from './node-container.ts';
import type { NodeShare } from './node-share.ts';

export interface NodeStart {
  readonly engine: Docker;
  readonly plan: NodeContainerPlan;
  readonly share: NodeShare;
  readonly disks: DiskWay;
  /** Tar for the learner's home. */
  readonly homeArchive: Buffer;
}

type NodeDisk = Pick<NodeStart, 'engine' | 'disks'> & {
  readonly plan: Omit<Parameters<typeof labelsOf>[0], 'slot'>;
  readonly volumeName: string;
};

/** Makes the volume of one node, which needs neither network nor slot. */
export async function makeNodeDisk({ engine, disks, plan, volumeName }: NodeDisk): Promise<void> {
  const volume = { name: volumeName, sizeMiB: plan.definition.limits.diskMiB };
  const DriverOpts = disks.volumeOptions(volume);
  await engine.createVolume({ Name: volume.name, Labels: labelsOf(plan), DriverOpts });
  await disks.make(volume);
}

/** Makes the container of one node, whose disk is there, and starts it. What is made carries the labels of the plan. */
export async function startNode(
  { engine, plan, share, disks, homeArchive }: NodeStart,
  signal: AbortSignal,
): Promise<Docker.Container> {
  await share.prepare();
  await using _attached = await disks.attach(plan.volumeName);
  const container = await engine.createContainer(nodeContainerOptions(plan));
  await container.putArchive(homeArchive, { path: '/lab/home' });
  signal.throwIfAborted();
  await container.start();
  return container;
}

export async function isRunning(container: Docker.Container): Promise<boolean> {
  return (await container.inspect()).State.Running;
}
