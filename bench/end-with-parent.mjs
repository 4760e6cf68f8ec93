// Loaded with `--import` into every process that a bench starts: standard input is a pipe from the bench, so its
// end means that the bench is gone, also when it was killed without a chance to clean up. Plain JavaScript, so that
// a process which needs no TypeScript is measured without Node's compiler for it.
process.stdin.once('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.once('error', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
process.stdin.unref?.();
