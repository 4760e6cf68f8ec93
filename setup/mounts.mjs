import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SetupError } from './setup-error.mjs';

/**
 * @param {string} dir
 * @param {string} [mountInfo] text of /proc/self/mountinfo
 * @returns {string[]} mount points at or below dir, the deepest first
 */
export function mountsBelow(dir, mountInfo = readMountInfo()) {
  return mountInfo
    .split('\n')
    .map((line) => unescapePath(line.split(' ')[4] ?? ''))
    .filter((point) => point === dir || point.startsWith(`${dir}/`))
    .reverse()
    .sort((a, b) => b.split('/').length - a.split('/').length);
}

/**
 * Unmounts everything at or below a folder that is about to be removed.
 * @param {string} dir
 * @throws {SetupError} when something stays mounted: then nothing there may be deleted
 */
export async function unmountBelow(dir) {
  for (const point of mountsBelow(dir)) spawnSync('umount', ['--lazy', point]);
  const left = mountsBelow(dir);
  if (left.length === 0) return;
  throw new SetupError(`${left[0]} stays mounted.`, {
    todo: `Unmount it (umount ${left[0]}) and start again.`,
  });
}

function readMountInfo() {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return ''; // not Linux: nothing of ours is mounted there
  }
}

/** @param {string} text */
function unescapePath(text) {
  return text.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
}
