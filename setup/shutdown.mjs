import { StoppedError } from './setup-error.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Turns Ctrl-C, SIGTERM and a closed terminal into one abort signal. Whoever runs work under it cleans up behind
 * itself and throws {@link StoppedError}.
 * @param {(text: string) => void} say
 */
export function watchSignals(say) {
  const controller = new AbortController();
  let exitCode = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (exitCode !== 0) return;
      exitCode = EXIT_CODES[name];
      say('Stopping …');
      controller.abort(new StoppedError());
    });
  }
  return { signal: controller.signal, exitCode: () => exitCode };
}

/** @param {AbortSignal | undefined} signal */
export function throwIfStopped(signal) {
  if (signal?.aborted) throw new StoppedError();
}
