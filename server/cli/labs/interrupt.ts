export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/** Ctrl-C and SIGTERM abort the signal, so that labs are removed on the way out; a second one ends at once. */
export function interruptible(): Interrupt {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(2);
    process.stderr.write(`${name}: removing the labs of this run…\n`);
    controller.abort(new Error(name));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
