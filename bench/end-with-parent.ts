/**
 * Loaded with `--import` into every process that a bench starts: standard input is a pipe from the bench, so its
 * end means that the bench is gone, also when it was killed without a chance to clean up.
 */
process.stdin.once('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.once('error', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
(process.stdin as typeof process.stdin & { unref?: () => void }).unref?.();
