import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../setup/setup-error.mjs';
import { throwIfStopped } from '../setup/shutdown.mjs';
import { CHECKOUT } from './checkout.mjs';

const POLL_MS = 3000;
/** Dependencies, images and site from nothing. */
const START_DEADLINE_MS = 6 * 60_000;
const STOP_DEADLINE_MS = 60_000;

/**
 * `npm start` as a person runs it; ended with SIGTERM as soon as it answers.
 * @param {import('./steps.mjs').StepContext} context
 * @returns {Promise<string>}
 */
export async function runServer({ shell, patience, signal, step }) {
  const deadlineMs = (START_DEADLINE_MS + STOP_DEADLINE_MS) * patience;
  /** @type {import('./shell.mjs').Ran | undefined} */
  let ended;
  const ending = shell
    .run('kim', `cd ${CHECKOUT} && echo $$ >/tmp/start.pid && exec npm start`, {
      what: 'npm start',
      deadlineMs,
      log: 'start',
      onLine: step.detail,
    })
    .then((ran) => (ended = ran));
  ending.catch(() => {}); // awaited below
  const startedAtMs = Date.now();
  for (;;) {
    const health = await shell.run('kim', 'curl -sS --max-time 60 http://127.0.0.1:4321/healthz', {
      what: 'Asking the server',
      deadlineMs: 60_000 * patience,
      log: 'healthz',
    });
    if (health.exitCode === 0) break;
    if (ended)
      throw new SetupError(`npm start ended with exit code ${ended.exitCode}.`, { tail: ended.output });
    throwIfStopped(signal);
    if (Date.now() - startedAtMs > START_DEADLINE_MS * patience) {
      throw new SetupError('The server does not answer.', { tail: health.output });
    }
    await sleep(POLL_MS * Math.sqrt(patience));
  }
  const took = Math.round((Date.now() - startedAtMs) / 1000);
  await shell.run('kim', 'kill -TERM $(cat /tmp/start.pid)', { what: 'kill', deadlineMs: 10_000 * patience });
  const { exitCode, output } = await ending;
  // npm tells the death of its script by a signal in its own ways, depending on its version.
  if (![0, 1, 130, 143].includes(exitCode)) {
    throw new SetupError(`Stopped with SIGTERM, npm start ended with exit code ${exitCode}.`, {
      tail: output,
    });
  }
  return `answers after ${took} s, ended when told to`;
}
