import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../setup/setup-error.mjs';
import { chooseAccelerator } from './accelerator.mjs';
import { sshArgs } from './connection.mjs';
import { provideDiskImage } from './disk-image.mjs';
import { startMachine } from './machine.mjs';
import { PLACES } from './places.mjs';

const POLL_MS = 500;

/**
 * A machine of our own, or the one that another run keeps.
 * @param {{ joins: boolean, progress: import('../setup/progress.mjs').Progress, signal: AbortSignal }} context
 * @returns {Promise<import('./machine.mjs').Machine>}
 */
export async function acquireMachine({ joins, progress, signal }) {
  if (joins) return joinMachine();
  const image = await provideDiskImage({ progress, signal });
  const accelerator = await chooseAccelerator(image.kernel);
  const how = accelerator.name === 'kvm' ? 'with KVM' : 'emulated: everything takes ten times as long';
  return await progress.run(`Starting the machine, ${how}`, () => startMachine(image, accelerator, signal));
}

function joinMachine() {
  if (!existsSync(PLACES.kept)) {
    throw new SetupError('No run keeps a machine.', { todo: 'Start one: node hosts/main.mjs --keep' });
  }
  const { address, pid, accelerator } = JSON.parse(readFileSync(PLACES.kept, 'utf8'));
  return { address, pid, accelerator, stop: async () => {} };
}

/**
 * @param {import('./machine.mjs').Machine} machine
 * @param {{ progress: import('../setup/progress.mjs').Progress, signal: AbortSignal }} context
 */
export async function keepUntilStopped({ address, pid, accelerator }, { progress, signal }) {
  mkdirSync(path.dirname(PLACES.kept), { recursive: true });
  writeFileSync(PLACES.kept, JSON.stringify({ address, pid, accelerator }));
  try {
    progress.note(`\nThe machine stays until Ctrl-C: ssh ${sshArgs(address, 'kim').join(' ')}`);
    while (!signal.aborted) await sleep(POLL_MS);
  } finally {
    rmSync(PLACES.kept, { force: true });
  }
}
