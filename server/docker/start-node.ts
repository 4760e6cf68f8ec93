import type Docker from 'dockerode';
import { labelsOf, type NodeContainerPlan, nodeContainerOptions } from './node-container.ts';
import type { NodeShare } from './node-share.ts';

export interface NodeStart {
  readonly engine: Docker;
  readonly plan: NodeContainerPlan;
  readonly share: NodeShare;
  /** Tar for the learner's home. */
  readonly homeArchive: Buffer;
}

/** Makes the volume and the container of one node and starts it. What is made carries the labels of the plan. */
export async function startNode(
  { engine, plan, share, homeArchive }: NodeStart,
  signal: AbortSignal,
): Promise<Docker.Container> {
  await share.prepare();
  await engine.createVolume({ Name: plan.volumeName, Labels: labelsOf(plan) });
  const container = await engine.createContainer(nodeContainerOptions(plan));
  await container.putArchive(homeArchive, { path: '/lab/home' });
  signal.throwIfAborted();
  await container.start();
  return container;
}

export async function isRunning(container: Docker.Container): Promise<boolean> {
  return (await container.inspect()).State.Running;
}
