import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGroup } from './process-group.mjs';
import { noteChild } from './runs.mjs';
import { PATHS } from './settings.mjs';
import { SetupError } from './setup-error.mjs';

const LEFTOVER_GRACE_MS = 1000;

/**
 * Runs a program whose output belongs on the screen, in a group of its own so that a Ctrl-C reaches it once,
 * through us.
 * @param {string} program
 * @param {string[]} args
 * @param {object} options
 * @param {NodeJS.ProcessEnv} options.env
 * @param {AbortSignal} options.signal when it aborts, the program gets `stopSignal` and then `graceMs` to end
 * @param {NodeJS.Signals} [options.stopSignal]
 * @param {number} options.graceMs
 * @param {boolean} [options.copiesOutput] passes the output on instead of handing over the terminal, so that a
 *   program that outlives the terminal for a moment does not trip over it
 * @returns {Promise<number>} exit code
 */
export function runVisibly(
  program,
  args,
  { env, signal, stopSignal = 'SIGTERM', graceMs, copiesOutput = false },
) {
  return new Promise((resolve, reject) => {
    // A terminal can't be read from another session; a pipe can.
    const stdin = process.stdin.isTTY ? 'ignore' : 'inherit';
    const output = copiesOutput ? 'pipe' : 'inherit';
    const child = spawn(program, args, {
      cwd: PATHS.root,
      env,
      stdio: [stdin, output, output],
      detached: true,
    });
    child.stdout?.on('data', (chunk) => process.stdout.write(chunk));
    child.stderr?.on('data', (chunk) => process.stderr.write(chunk));
    const { pid } = child;
    const forget = pid ? noteChild(pid) : () => {};
    /** @type {NodeJS.Timeout | undefined} */
    let killTimer;
    const onAbort = () => {
      child.kill(stopSignal);
      if (pid) killTimer = setTimeout(endGroup, graceMs, pid, 0);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    const settle = () => {
      clearTimeout(killTimer);
      signal.removeEventListener('abort', onAbort);
    };
    child.once('error', (cause) => {
      settle();
      forget();
      reject(new SetupError(`${program} could not be started: ${cause.message}.`, { cause }));
    });
    child.once('exit', async (code) => {
      settle();
      const closed = once(child, 'close');
      if (pid) await endGroup(pid, LEFTOVER_GRACE_MS);
      // The last lines, unless a process that left the group holds the pipes.
      await Promise.race([closed, sleep(LEFTOVER_GRACE_MS)]);
      forget();
      resolve(code ?? 1);
    });
  });
}
