import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownIdentity, parseIdentity } from './process-identity.mjs';
import { SetupError } from './setup-error.mjs';
import { throwIfStopped } from './shutdown.mjs';

const POLL_MS = 150;

/**
 * Takes a lock file between processes; a lock whose holder has died counts as free.
 *
 * The caller must call the returned function to release it.
 * @param {string} file
 * @param {{ deadlineMs: number, signal?: AbortSignal | undefined, onWait?: (holderPid: number) => void }} options
 * @returns {Promise<() => void>}
 */
export async function takeLock(file, { deadlineMs, signal, onWait }) {
  mkdirSync(path.dirname(file), { recursive: true });
  const giveUpAtMs = Date.now() + deadlineMs;
  let announced = false;
  for (;;) {
    if (tryTake(file)) return () => release(file);
    const holder = readHolder(file);
    if (holder && !isAlive(holder)) {
      breakStale(file);
      continue;
    }
    if (holder && !announced) {
      announced = true;
      onWait?.(holder.pid);
    }
    if (Date.now() > giveUpAtMs) {
      throw new SetupError(`Process ${holder?.pid ?? '(unknown)'} has held ${file} for too long.`, {
        todo: 'Wait until that set-up is done, or end it, and start again.',
      });
    }
    throwIfStopped(signal);
    await sleep(POLL_MS);
  }
}

/**
 * Linking a finished file into place makes the lock appear with its content or not at all.
 * @param {string} file
 */
function tryTake(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(ownIdentity()));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} file */
function readHolder(file) {
  try {
    return parseIdentity(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // released between our two looks
  }
}

/**
 * Moves the lock aside before judging it, so that of two who find it stale only one removes it.
 * @param {string} file
 */
function breakStale(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another process was first
  }
  const holder = readHolder(aside);
  try {
    if (holder && isAlive(holder)) linkSync(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {string} file */
function release(file) {
  const own = ownIdentity();
  const holder = readHolder(file);
  if (holder?.pid === own.pid && holder.startedAt === own.startedAt) rmSync(file, { force: true });
}
