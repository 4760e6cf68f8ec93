import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { unmountBelow } from '../mounts.mjs';
import { SetupError } from '../setup-error.mjs';
import { killEvenIfFrozen } from './kill.mjs';
import { engineProcesses } from './processes.mjs';

const KILL_DEADLINE_MS = 10_000;
const POLL_MS = 50;

/**
 * Removes what an engine that did not end by itself has left: processes, mounts, sockets. Its data stay.
 * @param {import('./private-paths.mjs').PrivateEnginePaths} paths
 */
export async function sweepEngine(paths) {
  const giveUpAtMs = Date.now() + KILL_DEADLINE_MS;
  for (;;) {
    const { engine, containers } = engineProcesses(paths);
    if (engine.length + containers.length === 0) break;
    if (Date.now() > giveUpAtMs) {
      throw new SetupError(`Process ${[...engine, ...containers][0]} of the private engine does not end.`, {
        todo: 'Look at it with ps; a restart of the machine removes it.',
      });
    }
    // The engine first: it would start what we kill again.
    for (const pid of [...engine, ...containers]) killEvenIfFrozen(pid);
    await sleep(POLL_MS);
  }
  await unmountBelow(paths.run);
  await unmountBelow(paths.dataRoot);
  rmSync(paths.run, { recursive: true, force: true });
}

/**
 * @param {import('./private-paths.mjs').PrivateEnginePaths} paths
 * @param {number} deadlineMs
 * @returns {Promise<boolean>} whether the engine ended by itself
 */
export async function endDaemon(paths, deadlineMs) {
  const { daemon } = engineProcesses(paths);
  if (daemon === undefined) return true;
  const giveUpAtMs = Date.now() + deadlineMs;
  try {
    process.kill(daemon, 'SIGTERM');
  } catch {
    return true; // gone between our looks
  }
  while (Date.now() < giveUpAtMs) {
    if (engineProcesses(paths).daemon === undefined) return true;
    await sleep(POLL_MS);
  }
  return false;
}
