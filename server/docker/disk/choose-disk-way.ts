import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type Docker from 'dockerode';
import { reasonOf } from '../engine.ts';
import { type DiskWay, plainDisks, quotaDisks } from './disk-way.ts';
import { attachLoopDevice, detachLoopDevice, runTool } from './loop-devices.ts';
import { format, LoopDisks } from './loop-disks.ts';

const TRIAL_MIB = 4;

/** Tries on this engine what bounds a node's disk, best first. Leaves nothing behind. */
export async function chooseDiskWay(engine: Docker): Promise<DiskWay> {
  const name = `rl-disk-trial-${randomBytes(4).toString('hex')}`;
  const reasons: string[] = [];
  const noted = (why: string) => (failure: unknown) => {
    reasons.push(`${why}: ${firstLine(failure)}`);
    return null;
  };
  const loops = await tryLoops(engine, name).catch(noted('no loop devices'));
  if (loops !== null) return loops;
  const quota = await tryQuota(engine, `${name}-size`).catch(noted('no quota'));
  if (quota !== null) return quota;
  return plainDisks({ state: 'missing', detail: `labs can fill the engine's disk (${reasons.join('; ')})` });
}

async function tryLoops(engine: Docker, name: string): Promise<DiskWay> {
  if (process.platform !== 'linux' || process.geteuid?.() !== 0)
    throw new Error('the process that holds the engine is not root');
  await engine.createVolume({ Name: name });
  const volume = engine.getVolume(name);
  let folder: string;
  try {
    folder = dirname((await volume.inspect()).Mountpoint);
    // The random name is here only if the engine and we see the same files.
    await access(folder, constants.W_OK);
    await tryToMount(folder);
  } finally {
    await volume.remove();
  }
  const disks = new LoopDisks(dirname(folder));
  await disks.sweep();
  return disks;
}

async function tryToMount(folder: string): Promise<void> {
  const image = join(folder, 'trial.img');
  await format(image, TRIAL_MIB);
  const device = await attachLoopDevice(image);
  try {
    // By ourselves as the engine will: some kernels know loop devices and not this file system.
    const target = join(folder, 'trial');
    await mkdir(target);
    await runTool('mount', ['-t', 'ext4', '-o', 'nodev,nosuid,discard,noinit_itable', device, target]);
    await runTool('umount', [target]);
  } finally {
    await detachLoopDevice(device);
  }
}

async function tryQuota(engine: Docker, name: string): Promise<DiskWay> {
  await engine
    .createVolume({ Name: name, DriverOpts: { size: `${TRIAL_MIB}m` } })
    .catch((failure: unknown) => {
      throw new Error(reasonOf(failure));
    });
  await engine.getVolume(name).remove();
  return quotaDisks();
}

function firstLine(failure: unknown): string {
  const words = failure instanceof Error ? failure.message : String(failure);
  return (words.split('\n').filter(Boolean).at(-1) ?? words).slice(0, 200);
}
