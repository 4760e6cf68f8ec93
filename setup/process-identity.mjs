import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process across time: the pid alone may belong to another process by the time it is looked at.
 * @typedef {{ pid: number, startedAt: string }} ProcessIdentity
 */

/**
 * @param {number} pid
 * @returns {ProcessIdentity | undefined} undefined when no such process lives (a zombie does not)
 */
export function identifyProcess(pid) {
  const startedAt = process.platform === 'linux' ? linuxStart(pid) : otherStart(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** @returns {ProcessIdentity} */
export function ownIdentity() {
  const identity = identifyProcess(process.pid);
  if (!identity) throw new Error('this process does not find itself');
  return identity;
}

/** @param {ProcessIdentity} identity */
export function isAlive(identity) {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/**
 * @param {string} text JSON written by us
 * @returns {ProcessIdentity | undefined}
 */
export function parseIdentity(text) {
  try {
    const { pid, startedAt } = JSON.parse(text);
    return Number.isInteger(pid) && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
  } catch {
    return undefined; // half-written or foreign: nobody's identity
  }
}

/** @param {number} pid */
function linuxStart(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command, in brackets, may itself hold spaces and brackets: count the fields behind the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    return state === 'Z' || state === 'X' ? undefined : `${bootId()}:${startTicks}`;
  } catch {
    return undefined;
  }
}

/** @type {string | undefined} */
let knownBootId;

function bootId() {
  knownBootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return knownBootId;
}

/** @param {number} pid */
function otherStart(pid) {
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.stdout?.trim() || undefined;
}
