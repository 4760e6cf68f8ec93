import { projectEnv } from '../command.mjs';
import { checkPort } from '../port.mjs';
import { prepare } from '../prepare.mjs';
import { PATHS } from '../settings.mjs';
import { SetupError } from '../setup-error.mjs';
import { throwIfStopped } from '../shutdown.mjs';
import { runVisibly } from '../visible-command.mjs';

/** The server closes its labs and connections, and gives up by itself, in less. */
const SERVER_STOP_GRACE_MS = 30_000;

/** @type {import('./context.mjs').Command} */
export async function start(context) {
  const { settings, signal } = context;
  const mode = modeOf(context.args);
  await checkPort(settings);
  const prepared = await prepare(new Set(['terminals', 'engine', 'images', 'site']), context);
  try {
    throwIfStopped(signal);
    await checkPort(settings);
    const exitCode = await runVisibly(PATHS.runtime, ['server/main.ts'], {
      env: projectEnv({
        ...prepared.env,
        ROLLOUT_LAB_HOST: settings.host,
        ROLLOUT_LAB_PORT: String(settings.port),
        ...mode,
      }),
      signal,
      graceMs: SERVER_STOP_GRACE_MS,
      copiesOutput: true,
    });
    throwIfStopped(signal);
    throw new SetupError(`The server ended by itself (exit code ${exitCode}).`, {
      todo: 'Its last lines are above. "npm run doctor" checks this machine.',
    });
  } finally {
    await prepared.release();
  }
}

/**
 * `--class` asks for the whole wall around labs; everything else is a setting, not an argument.
 * @param {string[]} args
 * @returns {NodeJS.ProcessEnv}
 * @throws {SetupError} naming what is unknown
 */
export function modeOf(args) {
  const unknown = args.filter((arg) => arg !== '--class');
  if (unknown.length > 0) {
    throw new SetupError(`npm start does not know ${unknown.join(' ')}.`, {
      todo: 'Use: npm start, or npm start -- --class. Settings are environment variables: docs/operations.md.',
      exitCode: 2,
    });
  }
  return args.length > 0 ? { ROLLOUT_LAB_MODE: 'class' } : {};
}
