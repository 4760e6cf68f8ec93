import { projectEnv } from '../command.mjs';
import { prepare } from '../prepare.mjs';
import { PATHS } from '../settings.mjs';
import { throwIfStopped } from '../shutdown.mjs';
import { runVisibly } from '../visible-command.mjs';

/** Time for labs to be closed. */
const STOP_GRACE_MS = 30_000;

/** Calls that only read files. */
const WITHOUT_ENGINE = new Set(['list', 'new', 'help', '--help', undefined]);

/** @type {import('./context.mjs').Command} */
export function labs(context) {
  return passOn(
    'server/cli/labs.ts',
    WITHOUT_ENGINE.has(context.args[0]) ? [] : ['terminals', 'engine', 'images'],
    context,
  );
}

/** @type {import('./context.mjs').Command} */
export function bench(context) {
  return passOn('bench/main.ts', ['terminals', 'engine', 'images', 'site', 'browser'], context);
}

/** A sign-in link for the server that runs with these settings. @type {import('./context.mjs').Command} */
export function link(context) {
  return passOn('server/cli/link.ts', [], context);
}

/** Who did what, and what was refused. @type {import('./context.mjs').Command} */
export function auditLog(context) {
  return passOn('server/cli/audit.ts', [], context);
}

/**
 * Sets up what the program needs and hands it the arguments and our standard output.
 * @param {string} script
 * @param {import('../prepare.mjs').Need[]} needs
 * @param {import('./context.mjs').CommandContext} context
 */
async function passOn(script, needs, context) {
  const prepared = await prepare(new Set(needs), context);
  try {
    const exitCode = await runVisibly(PATHS.runtime, [script, ...context.args], {
      env: projectEnv(prepared.env),
      signal: context.signal,
      graceMs: STOP_GRACE_MS,
    });
    throwIfStopped(context.signal);
    return exitCode;
  } finally {
    await prepared.release();
  }
}
