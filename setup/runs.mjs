import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unmountBelow } from './mounts.mjs';
import { endGroup, isSameGroup } from './process-group.mjs';
import { identifyProcess, isAlive, ownIdentity, parseIdentity } from './process-identity.mjs';
import { PATHS } from './settings.mjs';

/** The server closes its labs' connections in this time; a child that needs longer is killed. */
const LEFTOVER_GRACE_MS = 10_000;

/**
 * Notes which process groups this set-up has started, so that the next one can end them if this one is killed
 * without a chance to do so itself.
 * @param {number} pid leader of a process group
 * @returns {() => void} to be called when the group is gone
 */
export function noteChild(pid) {
  const identity = identifyProcess(pid);
  if (!identity) return () => {};
  const dir = ownRunDir();
  const file = path.join(dir, `child-${pid}.json`);
  writeFileSync(file, JSON.stringify(identity));
  return () => rmSync(file, { force: true });
}

/** Not the pid alone: a killed run with the same pid may still wait to be swept. */
const RUN_NAME = `${process.pid}-${Date.now().toString(36)}`;

/** The folder appears together with the identity in it: without one it would look like a dead run's. */
function ownRunDir() {
  const dir = path.join(PATHS.runs, RUN_NAME);
  if (existsSync(dir)) return dir;
  const draft = path.join(PATHS.temporary, `run-${RUN_NAME}`);
  mkdirSync(draft, { recursive: true });
  writeFileSync(path.join(draft, 'self.json'), JSON.stringify(ownIdentity()));
  mkdirSync(PATHS.runs, { recursive: true });
  renameSync(draft, dir);
  return dir;
}

/** Folder for this run's temporary files; removed by `forgetOwnRun`, or by a later run. */
export function ownTemporaryDir() {
  ownRunDir();
  const dir = path.join(PATHS.temporary, RUN_NAME);
  mkdirSync(dir, { recursive: true });
  return dir;
}

const USES_DEPENDENCIES = 'uses-node-modules';

/** From here on this run needs node_modules as they are. */
export function noteDependencyUse() {
  writeFileSync(path.join(ownRunDir(), USES_DEPENDENCIES), '');
}

/** @returns {number[]} pids of other living runs that need node_modules as they are */
export function otherDependencyUsers() {
  return listDir(PATHS.runs)
    .filter((name) => name !== RUN_NAME && listDir(path.join(PATHS.runs, name)).includes(USES_DEPENDENCIES))
    .map((name) => readIdentity(path.join(PATHS.runs, name, 'self.json')))
    .flatMap((self) => (self && isAlive(self) ? [self.pid] : []));
}

export async function forgetOwnRun() {
  await removeTemporary(RUN_NAME);
  rmSync(path.join(PATHS.runs, RUN_NAME), { recursive: true, force: true });
}

/** Ends what set-ups that were killed have left behind: their children and temporary files. */
export async function sweepDeadRuns() {
  for (const name of listDir(PATHS.runs)) {
    const dir = path.join(PATHS.runs, name);
    const self = readIdentity(path.join(dir, 'self.json'));
    if (self && isAlive(self)) continue;
    for (const file of listDir(dir).filter((entry) => entry.startsWith('child-'))) {
      const child = readIdentity(path.join(dir, file));
      if (child && isSameGroup(child)) await endGroup(child.pid, LEFTOVER_GRACE_MS);
    }
    await removeTemporary(name);
    rmSync(dir, { recursive: true, force: true });
  }
}

/** @param {string} name */
async function removeTemporary(name) {
  const dir = path.join(PATHS.temporary, name);
  await unmountBelow(dir);
  rmSync(dir, { recursive: true, force: true });
}

/** @param {string} file */
function readIdentity(file) {
  try {
    return parseIdentity(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} dir */
function listDir(dir) {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
