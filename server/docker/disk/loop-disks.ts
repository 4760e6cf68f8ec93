import { open, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LabError } from '../../domain/lab-error.ts';
import { type DiskWay, NOTHING, type NodeVolume } from './disk-way.ts';
import { attachLoopDevice, detachLoopDevice, listLoopDevices, runTool } from './loop-devices.ts';

const IMAGE = 'disk.img';
const LINK = 'disk.dev';
const MIB = 1024 * 1024;
/** An unmount gives its device back a moment after the container has ended. */
const DETACH_DEADLINE_MS = 10_000;

/**
 * A file system of its own for each node, in a sparse file that the engine mounts through a loop device. The file lies
 * in the engine's own folder for the volume, so whoever removes the volume, removes it. The device is attached only
 * from just before a start to the unmount at the container's end: after that the kernel lets go of it by itself, and
 * neither a crash of ours nor a boot of the host leaves one behind. The volume names its device by a link, because
 * the device's number is another one at each start.
 */
export class LoopDisks implements DiskWay {
  readonly bound = { state: 'holds', detail: 'each node has a file system of its own, of its size' } as const;
  readonly #volumesFolder: string;
  /** Made and never mounted since: nothing can be wrong with them. */
  readonly #fresh = new Set<string>();

  /** @param volumesFolder where the engine keeps its volumes */
  constructor(volumesFolder: string) {
    this.#volumesFolder = volumesFolder;
  }

  volumeOptions({ name }: NodeVolume): Record<string, string> {
    return {
      type: 'ext4',
      device: join(this.#folderOf(name), LINK),
      // Blocks of deleted files go back to the host. The inode tables of a fresh file are zeros already.
      o: 'nodev,nosuid,noatime,discard,noinit_itable',
    };
  }

  async make({ name, sizeMiB }: NodeVolume): Promise<void> {
    await format(join(this.#folderOf(name), IMAGE), sizeMiB);
    this.#fresh.add(name);
  }

  async attach(volumeName: string): Promise<AsyncDisposable> {
    const folder = this.#folderOf(volumeName);
    const image = join(folder, IMAGE);
    const link = join(folder, LINK);
    // A lab that was started another way keeps its way until it goes.
    if (!(await isFile(image))) return NOTHING;
    await this.#detachAll(image);
    if (!this.#fresh.delete(volumeName)) await check(image);
    const device = await attachLoopDevice(image);
    // Without the link nobody mounts by mistake what has the device's number at another time.
    const letGo = async (): Promise<void> => {
      await rm(link, { force: true });
      await detachLoopDevice(device);
    };
    try {
      await rm(link, { force: true });
      await symlink(device, link);
    } catch (failure) {
      await letGo();
      throw failure;
    }
    return { [Symbol.asyncDispose]: letGo };
  }

  /** A device that was attached when we crashed, and whose volume is gone, would hold its blocks for ever. */
  async sweep(): Promise<void> {
    for (const { name, file } of await listLoopDevices()) {
      const isOurs =
        file.startsWith(join(this.#volumesFolder, 'rl-')) && file.endsWith(`/${IMAGE} (deleted)`);
      if (isOurs) await detachLoopDevice(name);
    }
  }

  #folderOf(volumeName: string): string {
    return join(this.#volumesFolder, volumeName);
  }

  /** Two devices of one file would each believe to be the only writer. */
  async #detachAll(image: string): Promise<void> {
    const deadlineMs = Date.now() + DETACH_DEADLINE_MS;
    for (;;) {
      const attached = (await listLoopDevices()).filter(({ file }) => file === image);
      if (attached.length === 0) return;
      if (Date.now() > deadlineMs)
        throw new LabError(
          'LAB_START_FAILED',
          `${dirname(image)} is still mounted through ${attached[0]?.name}`,
        );
      for (const { name } of attached) await detachLoopDevice(name);
      await delay(50);
    }
  }
}

/** No journal: a lab's disk need not outlive its host, and a check at the next start mends what a crash left. */
export async function format(image: string, sizeMiB: number): Promise<void> {
  const file = await open(image, 'wx', 0o600);
  await file.truncate(sizeMiB * MIB).finally(() => file.close());
  const layout = ['-O', '^has_journal', '-m', '0', '-E', 'lazy_itable_init=1,nodiscard'];
  await runTool('mkfs.ext4', ['-q', '-F', ...layout, image]);
}

async function check(image: string): Promise<void> {
  await runTool('e2fsck', ['-p', image]).catch((failure: { code?: unknown }) => {
    if (failure.code === 1) return; // mended
    throw new LabError('LAB_START_FAILED', `the disk ${image} is damaged (e2fsck: ${String(failure.code)})`);
  });
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
