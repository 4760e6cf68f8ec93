import type Docker from 'dockerode';
import type { DiskWay } from './disk/disk-way.ts';
import { engineFailure, statusOf } from './engine.ts';
import { DISK_MOUNT } from './node-container.ts';
import { type NodeShare, whenReady } from './node-share.ts';
import { isRunning } from './start-node.ts';

/** Kills the node's init, and with it all that runs there. Nothing is told; the disk keeps what had reached it. */
export async function cutNodePower(container: Docker.Container, name: string): Promise<void> {
  // 409: it does not run.
  await container.kill({ signal: 'SIGKILL' }).catch(unless([409], `cutting the power of ${name}`));
}

export interface StoppedNode {
  readonly container: Docker.Container;
  readonly name: string;
  readonly share: NodeShare;
  readonly disks: DiskWay;
}

/**
 * Starts a stopped node with its disk, thaws a frozen one, and waits until its engine answers.
 * @returns whether it was frozen
 */
export async function startNodeAgain(
  { container, name, share, disks }: StoppedNode,
  signal: AbortSignal,
): Promise<boolean> {
  const { State, Mounts } = await container.inspect({ abortSignal: signal }).catch((failure: unknown) => {
    throw engineFailure(`looking at ${name}`, failure);
  });
  if (State.Paused) await thawNode(container, name);
  else if (!State.Running) {
    await share.prepare();
    const volume = Mounts.find(({ Destination }) => Destination === DISK_MOUNT)?.Name;
    await using _attached = volume === undefined ? null : await disks.attach(volume);
    // 304: somebody else has started it.
    await container.start().catch(unless([304], `starting ${name}`));
  }
  await whenReady(share, () => isRunning(container), signal);
  return State.Paused;
}

/** On cgroup v1 a runtime gives up on freezing a group whose processes fork meanwhile, and thaws it again. */
const FREEZE_ATTEMPTS = 5;

/** A node that is off stays off. */
export async function freezeNode(container: Docker.Container, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await container.pause().catch(unless([409], `pausing ${name}`));
    } catch (failure) {
      if (attempt === FREEZE_ATTEMPTS || !/unable to freeze/.test(String(failure))) throw failure;
    }
  }
}

export async function thawNode(container: Docker.Container, name: string): Promise<void> {
  await container.unpause().catch(async (failure: unknown) => {
    // "Is not paused" comes as 409 from some engines and as 500 from others.
    const { State } = await container.inspect();
    if (State.Paused) throw engineFailure(`resuming ${name}`, failure);
  });
}

/** Swallows the engine's "it already is so" answers. */
function unless(statuses: readonly number[], what: string): (failure: unknown) => void {
  return (failure) => {
    const status = statusOf(failure);
    if (status === undefined || !statuses.includes(status)) throw engineFailure(what, failure);
  };
}
