// `node hosts/main.mjs`: the product in a virtual machine as people have it. See docs/operations.md.
import { rmSync } from 'node:fs';
import { formatDuration } from '../setup/format.mjs';
import { createProgress } from '../setup/progress.mjs';
import { forgetOwnRun } from '../setup/runs.mjs';
import { asFailure, describeFailure, StoppedError } from '../setup/setup-error.mjs';
import { throwIfStopped, watchSignals } from '../setup/shutdown.mjs';
import { gatherMachineFacts } from './facts.mjs';
import { acquireMachine, keepUntilStopped } from './kept-machine.mjs';
import { readOptions } from './options.mjs';
import { PLACES } from './places.mjs';
import { report, runSteps } from './run-steps.mjs';
import { createShell } from './shell.mjs';
import { STEPS } from './steps.mjs';

const progress = createProgress({ stream: process.stdout });
const { signal, exitCode: stoppedExitCode } = watchSignals(progress.note);

process.exitCode = await main().catch((error) => {
  if (error instanceof StoppedError) return stoppedExitCode();
  const failure = asFailure(error);
  console.error(describeFailure(failure));
  return failure.exitCode;
});
await forgetOwnRun();
process.exit();

async function main() {
  const options = readOptions(
    process.argv.slice(2),
    STEPS.map(({ name }) => name),
  );
  const startedAtMs = Date.now();
  if (!options.joins) rmSync(PLACES.logs, { recursive: true, force: true });
  const machine = await acquireMachine({ joins: options.joins, progress, signal });
  try {
    const shell = createShell(machine.address, { logsDir: PLACES.logs, signal });
    const { patience } = machine.accelerator;
    const isEmulated = machine.accelerator.name === 'tcg';
    const context = { shell, patience, isEmulated, options, signal };
    const facts = await progress.run('Looking at the machine', (step) =>
      gatherMachineFacts({ ...context, step }),
    );
    const steps = STEPS.filter(({ name }) => options.steps.length === 0 || options.steps.includes(name));
    const results = await runSteps(steps, context, progress);
    throwIfStopped(signal);
    const source = results.find(({ name }) => name === 'checkout')?.seen ?? 'as it was there';
    const about = { facts, accelerator: machine.accelerator.name, source, date: new Date() };
    progress.note(`\n${formatDuration(Date.now() - startedAtMs)}; logs are in ${PLACES.logs}`);
    progress.note(report(results, about));
    if (options.keeps) await keepUntilStopped(machine, { progress, signal });
    return results.every(({ passed }) => passed) ? 0 : 1;
  } finally {
    await machine.stop();
  }
}
