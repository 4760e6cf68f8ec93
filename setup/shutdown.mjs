import { StoppedError } from './setup-error.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

const PARENT_POLL_MS = 500;

/**
 * Turns Ctrl-C, SIGTERM, a closed terminal and the death of npm into one abort signal. Whoever runs work under it
 * cleans up behind itself and throws {@link StoppedError}.
 * @param {(text: string) => void} say
 */
export function watchSignals(say) {
  const controller = new AbortController();
  let exitCode = 0;
  /** @param {keyof typeof EXIT_CODES} name */
  const stop = (name) => {
    if (exitCode !== 0) return;
    exitCode = EXIT_CODES[name];
    say('Stopping …');
    controller.abort(new StoppedError());
  };
  for (const name of SIGNALS) process.on(name, () => stop(name));
  if (process.env.npm_lifecycle_event) watchParent(() => stop('SIGHUP'));
  // With the terminal or the reader of a pipe gone, what is left to do is the cleaning up, in silence.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return { signal: controller.signal, exitCode: () => exitCode };
}

/**
 * npm passes SIGTERM on, but SIGKILL takes it away without a word.
 * @param {() => void} onGone
 */
function watchParent(onGone) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && onGone(), PARENT_POLL_MS).unref();
}

/** @param {AbortSignal | undefined} signal */
export function throwIfStopped(signal) {
  if (signal?.aborted) throw new StoppedError();
}
