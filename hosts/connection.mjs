import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../setup/setup-error.mjs';
import { throwIfStopped } from '../setup/shutdown.mjs';

const POLL_MS = 1000;
const ASK_DEADLINE_MS = 10_000;

/** @typedef {{ port: number, keyFile: string, controlDir: string }} Address where ssh finds the machine */

/**
 * @param {Address} address
 * @param {string} user
 * @returns {string[]} arguments of ssh, up to and with the destination
 */
export function sshArgs({ port, keyFile, controlDir }, user) {
  const options = {
    StrictHostKeyChecking: 'no',
    UserKnownHostsFile: '/dev/null',
    LogLevel: 'ERROR',
    BatchMode: 'yes',
    ConnectTimeout: '120',
    ControlPath: path.join(controlDir, '%r'),
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  return ['-F', 'none', '-i', keyFile, '-p', String(port), ...flags, `${user}@127.0.0.1`];
}

/**
 * Waits until a user can come in, and keeps that connection for the commands that follow.
 * @param {Address} address
 * @param {string} user
 * @param {{ deadlineMs: number, signal: AbortSignal, machineIsAlive: () => boolean }} options
 * @returns {Promise<() => void>} closes it
 */
export async function connect(address, user, { deadlineMs, signal, machineIsAlive }) {
  const giveUpAtMs = Date.now() + deadlineMs;
  for (;;) {
    const master = spawn('ssh', ['-M', '-N', ...sshArgs(address, user)], { stdio: 'ignore' });
    let isOver = false;
    for (const event of ['error', 'exit']) master.once(event, () => (isOver = true));
    while (!isOver) {
      if (masterAnswers(address, user)) return () => void master.kill();
      if (signal.aborted || Date.now() > giveUpAtMs || !machineIsAlive()) master.kill();
      await sleep(POLL_MS);
    }
    throwIfStopped(signal);
    if (!machineIsAlive()) throw new SetupError('The machine ended before anybody could log in.');
    if (Date.now() > giveUpAtMs) {
      throw new SetupError(`Nobody could log in within ${Math.round(deadlineMs / 1000)} s.`);
    }
  }
}

/**
 * @param {Address} address
 * @param {string} user
 */
function masterAnswers(address, user) {
  const asked = spawnSync('ssh', ['-O', 'check', ...sshArgs(address, user)], {
    timeout: ASK_DEADLINE_MS,
    stdio: 'ignore',
  });
  return asked.status === 0;
}
