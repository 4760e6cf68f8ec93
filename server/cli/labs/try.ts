import { readFile, writeFile } from 'node:fs/promises';
import type { CatalogExercise } from '../../catalog/catalog.ts';
import type { Outcome } from '../../domain/grading/outcome.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { AuthorError } from './author-error.ts';
import { LabRun, type ScriptResult } from './lab-run.ts';
import { exerciseById, openWorkbench } from './workbench.ts';

/** Fixed: other scripts rely on it. */
export interface TryReport {
  readonly exercise: string;
  readonly passed: boolean;
  readonly checks: readonly Pick<Outcome, 'id' | 'verdict' | 'message' | 'seen'>[];
  readonly script: ScriptResult;
  /** Until the lab stood at the exercise's start, then the script, then until the checks settled. */
  readonly ms: { readonly ready: number; readonly script: number; readonly settled: number };
}

interface TryRequest {
  readonly script: string;
  readonly timeoutMs: number;
  /** Takes the swarm as it is in the end, for unit tests of checks. */
  readonly recordFile: string | null;
}

const MAX_TIMEOUT_SECONDS = 3_600;

export async function runTry(args: readonly string[], signal: AbortSignal): Promise<0 | 1 | 2> {
  const { values, positionals } = readArguments(args, {
    script: { type: 'string' },
    json: { type: 'boolean', default: false },
    timeout: { type: 'string' },
    record: { type: 'string' },
  });
  const [id] = positionals;
  if (id === undefined || positionals.length > 1 || values.script === undefined) {
    throw new AuthorError(
      'usage: npm run -s labs -- try EXERCISE --script FILE [--json] [--timeout SECONDS] [--record FILE]',
    );
  }
  const script = await readFile(values.script, 'utf8').catch((cause: Error) => {
    throw new AuthorError(`The script can't be read: ${cause.message}`, { cause });
  });
  using workbench = await openWorkbench();
  const exercise = exerciseById(workbench.catalog, id);
  const { settleSeconds } = exercise.definition;
  const seconds =
    values.timeout === undefined
      ? settleSeconds
      : wholeNumber('timeout', values.timeout, MAX_TIMEOUT_SECONDS);
  process.stderr.write(`${id}: starting a lab…\n`);
  const report = await tryScript(
    () => LabRun.open(workbench, exercise, signal),
    { script, timeoutMs: seconds * 1000, recordFile: values.record ?? null },
    (step) => process.stderr.write(`${id}: ${step}\n`),
  );
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : reportText(exercise, report));
  if (report.passed) return 0;
  return report.checks.some((check) => check.verdict === 'errored') ? 2 : 1;
}

async function tryScript(
  open: () => Promise<LabRun>,
  request: TryRequest,
  onStep: (step: string) => void,
): Promise<TryReport> {
  const begunAtMs = Date.now();
  await using run = await open();
  const readyAtMs = Date.now();
  onStep('running the script…');
  const script = await run.runScript(request.script);
  const scriptEndedAtMs = Date.now();
  onStep(`the script ended with ${script.exit}; waiting for the checks to settle…`);
  await run.settle(request.timeoutMs);
  const settledAtMs = Date.now();
  if (request.recordFile !== null) await writeFile(request.recordFile, `${JSON.stringify(run.recording)}\n`);
  for (const problem of run.problems) onStep(`problem: ${problem}`);
  return {
    exercise: run.exercise.id,
    passed: run.verdict.passed,
    checks: run.outcomes.map(({ id, verdict, message, seen }) => ({ id, verdict, message, seen })),
    script,
    ms: {
      ready: readyAtMs - begunAtMs,
      script: scriptEndedAtMs - readyAtMs,
      settled: settledAtMs - scriptEndedAtMs,
    },
  };
}

function reportText(exercise: CatalogExercise, report: TryReport): string {
  const lines = report.checks.flatMap((check) => {
    const title = `${exercise.texts.ko.checks[check.id]} / ${exercise.texts.en.checks[check.id]}`;
    const heading = `${check.verdict.padEnd(7)} ${check.id}: ${title}`;
    return check.message === null
      ? [heading]
      : [heading, `          ${check.message.ko}`, `          ${check.message.en}`];
  });
  return `${[...lines, report.passed ? 'passed' : 'not passed'].join('\n')}\n`;
}
