/** `npm run -s bench -- SUITE… [--json] [--runs N] [--labs N] [--save]`: measures the product beside its baselines. See docs/benchmarks.md. */
import { readConfig } from '../server/config.ts';
import { connectEngine } from '../server/docker/engine.ts';
import { readCommand, usage } from './command-line.ts';
import { stderrProgress } from './harness/progress.ts';
import { reportTable } from './harness/report.ts';
import { saveReport, writePage } from './harness/saved-reports.ts';
import { runSuite } from './run-suite.ts';
import { SUITE_NAMES, suiteNamed } from './suites/all-suites.ts';

const EXIT_STOPPED = 130;

async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2), SUITE_NAMES);
  if (typeof command === 'string') {
    process.stderr.write(`${command}\n${usage(SUITE_NAMES)}\n`);
    return 2;
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!stop.signal.aborted) process.stderr.write('stopping: removing what was started …\n');
      stop.abort(new Error(`stopped by ${name}`));
    });
  }
  const { engineUrl, nodeImage } = readConfig();
  let exitCode = 0;
  for (const name of command.suites) {
    const suite = suiteNamed(name);
    const report = await runSuite(suite, {
      engine: connectEngine(engineUrl),
      engineUrl,
      nodeImage,
      environment: process.env,
      runs: command.runs,
      labs: command.labs,
      progress: stderrProgress(),
      signal: stop.signal,
    });
    process.stdout.write(`${command.asJson ? JSON.stringify(report) : reportTable(report)}\n`);
    if (command.isSaved && report.figures.length > 0) await saveReport(report);
    if (suite.measure !== null && report.figures.length === 0) exitCode = 1;
  }
  if (command.isSaved) await writePage();
  return exitCode;
}

try {
  process.exitCode = await main();
} catch (failure) {
  const isStopped = failure instanceof Error && /^stopped by SIG/.test(failure.message);
  const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  process.stderr.write(isStopped ? `${(failure as Error).message}\n` : `${text}\n`);
  process.exitCode = isStopped ? EXIT_STOPPED : 1;
}
