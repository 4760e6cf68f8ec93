import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../setup/command.mjs';
import { fingerprint } from '../setup/fingerprint.mjs';
import { takeLock } from '../setup/lock.mjs';
import { PATHS } from '../setup/settings.mjs';
import { PLACES } from './places.mjs';
import { checkRequirements } from './requirements.mjs';

const BUILD_DEADLINE_MS = 40 * 60_000;

/**
 * @typedef {{ disk: string, kernel: string, initrd: string }} DiskImage files of one machine; never written to
 */

/**
 * The machine's disk, made when its recipe has changed. Only the newest is kept: each is some 1.5 GB.
 * @param {{ progress: import('../setup/progress.mjs').Progress, signal: AbortSignal }} context
 * @returns {Promise<DiskImage>}
 */
export async function provideDiskImage({ progress, signal }) {
  const name = fingerprint(PATHS.root, [PLACES.recipe]).slice(0, 12);
  const folder = path.join(PLACES.images, name);
  const isThere = () => existsSync(path.join(folder, 'disk.img'));
  checkRequirements({ buildsImage: !isThere() });
  const unlock = await takeLock(path.join(PATHS.locks, 'hosts-image.lock'), {
    deadlineMs: BUILD_DEADLINE_MS,
    signal,
    onWait: (pid) => progress.note(`Waiting for process ${pid}, which makes the same disk …`),
  });
  try {
    if (isThere()) progress.skip('Disk of the machine');
    else await progress.run('Making the disk of the machine', (step) => make(folder, { step, signal }));
    removeOthers(name);
  } finally {
    unlock();
  }
  return {
    disk: path.join(folder, 'disk.img'),
    kernel: path.join(folder, 'vmlinuz'),
    initrd: path.join(folder, 'initrd'),
  };
}

/**
 * @param {string} folder
 * @param {{ step: import('../setup/progress.mjs').StepHandle, signal: AbortSignal }} context
 */
async function make(folder, { step, signal }) {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    await runCommand('nice', ['-n', '10', path.join(PATHS.root, PLACES.recipe), draft], {
      what: 'Making the disk of the machine',
      todo: 'Is a Debian mirror within reach, and 6 GiB of disk free? DEBIAN_MIRROR names another mirror.',
      signal,
      deadlineMs: BUILD_DEADLINE_MS,
      logName: 'hosts-disk',
      onLine: step.detail,
    });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {string} name */
function removeOthers(name) {
  for (const other of readdirSync(PLACES.images)) {
    // A machine that runs on a removed disk keeps its open file.
    if (other !== name) rmSync(path.join(PLACES.images, other), { recursive: true, force: true });
  }
}
