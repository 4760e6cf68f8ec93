import { doctor } from './commands/doctor.mjs';
import { auditLog, bench, labs, link } from './commands/pass-on.mjs';
import { start } from './commands/start.mjs';
import { test } from './commands/test.mjs';
import { createProgress } from './progress.mjs';
import { forgetOwnRun, sweepDeadRuns } from './runs.mjs';
import { readSettings } from './settings.mjs';
import { asFailure, describeFailure, StoppedError } from './setup-error.mjs';
import { watchSignals } from './shutdown.mjs';

/** @type {Record<string, { run: import('./commands/context.mjs').Command, ownsOutput: boolean }>} */
const COMMANDS = {
  start: { run: start, ownsOutput: true },
  test: { run: test, ownsOutput: true },
  doctor: { run: doctor, ownsOutput: true },
  // Their standard output is for the program that they run: JSON, often.
  labs: { run: labs, ownsOutput: false },
  bench: { run: bench, ownsOutput: false },
  link: { run: link, ownsOutput: false },
  'audit-log': { run: auditLog, ownsOutput: false },
};

/** @param {string[]} argv */
export async function main([name = '', ...args]) {
  const command = COMMANDS[name];
  if (!command) {
    console.error(`Usage: node setup/main.mjs ${Object.keys(COMMANDS).join('|')} [ARGUMENT…]`);
    process.exit(2);
  }
  const progress = createProgress({
    stream: command.ownsOutput ? process.stdout : process.stderr,
    quiet: !command.ownsOutput,
  });
  const stop = watchSignals(progress.note);
  /** @param {() => Promise<number>} work */
  const guarded = async (work) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoppedError) return stop.exitCode();
      const failure = asFailure(error);
      console.error(describeFailure(failure));
      return failure.exitCode;
    }
  };
  const exitCode = await guarded(async () => {
    const settings = readSettings();
    await sweepDeadRuns();
    return command.run({ args, settings, progress, signal: stop.signal });
  });
  await guarded(async () => {
    await forgetOwnRun();
    return 0;
  });
  process.exit(exitCode);
}
