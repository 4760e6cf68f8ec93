import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, ownIdentity, parseIdentity } from '../process-identity.mjs';

/**
 * Counts the set-ups that use one thing. Each has a file in a folder; a set-up that died without leaving does not
 * count. Call it under the thing's lock.
 * @param {string} dir
 */
export function ownersIn(dir) {
  const ownFile = path.join(dir, `${process.pid}.json`);
  return {
    join() {
      mkdirSync(dir, { recursive: true });
      writeFileSync(ownFile, JSON.stringify(ownIdentity()));
    },
    leave() {
      rmSync(ownFile, { force: true });
    },
    /** @returns {number[]} pids of the other living owners */
    others() {
      return livingOwners(dir).filter((pid) => pid !== process.pid);
    },
  };
}

/** @param {string} dir */
function livingOwners(dir) {
  /** @type {number[]} */
  const pids = [];
  for (const name of listDir(dir)) {
    const file = path.join(dir, name);
    const owner = readOwner(file);
    if (owner && isAlive(owner)) pids.push(owner.pid);
    else rmSync(file, { force: true });
  }
  return pids;
}

/** @param {string} file */
function readOwner(file) {
  try {
    return parseIdentity(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} dir */
function listDir(dir) {
  try {
    return readdirSync(dir).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}
