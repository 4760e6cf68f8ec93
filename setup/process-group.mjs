import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess } from './process-identity.mjs';

const POLL_MS = 40;
const KILL_DEADLINE_MS = 3000;

/**
 * Ends a process group: SIGTERM, then SIGKILL once the grace time is over.
 * @param {number} pid leader
 * @param {number} graceMs
 */
export async function endGroup(pid, graceMs) {
  const killAtMs = Date.now() + graceMs;
  if (!signalGroup(pid, 'SIGTERM')) return;
  while (Date.now() < killAtMs) {
    if (!groupHasLiveMember(pid)) return;
    await sleep(POLL_MS);
  }
  signalGroup(pid, 'SIGKILL');
  for (const giveUpAtMs = Date.now() + KILL_DEADLINE_MS; Date.now() < giveUpAtMs && groupHasLiveMember(pid); )
    await sleep(POLL_MS);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false; // nobody left in it
  }
}

/**
 * A group that a dead leader has left keeps its number: no new process can get it as long as a member lives.
 * @param {import('./process-identity.mjs').ProcessIdentity} leader
 */
export function isSameGroup(leader) {
  const current = identifyProcess(leader.pid);
  return current ? current.startedAt === leader.startedAt : groupHasLiveMember(leader.pid);
}

/** @param {number} pgid */
function groupHasLiveMember(pgid) {
  if (process.platform !== 'linux') return signalZero(pgid);
  // A zombie that init has not collected yet still answers signal 0, so look at the members themselves.
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(group) === pgid && state !== 'Z' && state !== 'X';
    } catch {
      return false; // ended while we looked
    }
  });
}

/** @param {number} pgid */
function signalZero(pgid) {
  try {
    process.kill(-pgid, 0);
    return true;
  } catch {
    return false;
  }
}
