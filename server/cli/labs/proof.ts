import type { CatalogExercise } from '../../catalog/catalog.ts';
import type { Outcome } from '../../domain/grading/outcome.ts';
import { LabRun } from './lab-run.ts';
import type { Workbench } from './workbench.ts';

/** One thing that was proven or not. */
export interface CaseResult {
  readonly exercise: string;
  readonly name: string;
  /** What went wrong; `null` when nothing did. */
  readonly failure: string | null;
  readonly durationMs: number;
}

/** Work that needs a lab of its own and yields the results of one or several cases. */
export interface Proof {
  readonly exercise: CatalogExercise;
  readonly name: string;
  readonly prove: (workbench: Workbench, report: ReportCase, signal: AbortSignal) => Promise<void>;
}

export type ReportCase = (name: string, act: () => Promise<string | null>) => Promise<void>;

/** A wrong swarm must stay wrong for this long: a check that is only late would still pass. */
const STAYS_WRONG_MS = 3_000;
const START_SETTLES_MS = 20_000;
const CLEAN_UP_DEADLINE_MS = 10_000;

/** Everything that is to be proven of an exercise, in pieces that can run side by side. */
export function proofsOf(exercise: CatalogExercise): Proof[] {
  return [
    {
      exercise,
      name: 'solution',
      prove: (workbench, report, signal) => proveSolution(exercise, workbench, report, signal),
    },
    ...exercise.wrongAnswers.map((answer) => ({
      exercise,
      name: `wrong/${answer.script}`,
      prove: (workbench: Workbench, report: ReportCase, signal: AbortSignal) =>
        report(`wrong/${answer.script} gets "${answer.message}"`, async () => {
          await using run = await LabRun.open(workbench, exercise, signal);
          return proveWrongAnswer(run, answer);
        }),
    })),
  ];
}

async function proveSolution(
  exercise: CatalogExercise,
  workbench: Workbench,
  report: ReportCase,
  signal: AbortSignal,
): Promise<void> {
  let start: string | null = null;
  for (const round of ['first', 'second'] as const) {
    let environmentId = '';
    {
      await using run = await LabRun.open(workbench, exercise, signal);
      environmentId = run.environment.id;
      const name = round === 'first' ? 'untouched start fails' : 'reset returns to the start';
      await report(name, async () => {
        await run.settle(START_SETTLES_MS);
        const now = run.outcomes
          .map(({ id, verdict, messageId }) => `${id} ${verdict} ${messageId ?? ''}`)
          .join('\n');
        if (run.wasPassed) return 'the exercise is passed before anything was done';
        if (start !== null && start !== now)
          return `the start differs after a reset:\n${start}\n…now…\n${now}`;
        start = now;
        return problemsOf(run);
      });
      await report(round === 'first' ? 'solution passes' : 'solution passes again', () => runSolution(run));
    }
    await report(`nothing left behind (${round} lab)`, () => findLeftovers(workbench, environmentId));
  }
}

async function runSolution(run: LabRun): Promise<string | null> {
  const { exit, output } = await run.runScript(run.exercise.solution);
  await run.waitUntil(() => run.verdict.passed, run.exercise.definition.settleSeconds * 1000);
  if (run.verdict.passed) return problemsOf(run);
  return `not passed: ${openChecks(run.outcomes)}; the script ended with ${exit} and printed: ${output.slice(-600)}`;
}

async function proveWrongAnswer(
  run: LabRun,
  answer: CatalogExercise['wrongAnswers'][number],
): Promise<string | null> {
  const { output } = await run.runScript(answer.text);
  const says = (): boolean =>
    run.outcomes.some(
      ({ id, verdict, messageId }) =>
        id === answer.check && verdict === answer.verdict && messageId === answer.message,
    );
  const isSaid = await run.waitUntil(() => says() || run.verdict.passed, answer.withinSeconds * 1000);
  if (run.wasPassed) return 'the exercise is passed';
  if (!isSaid) {
    const wanted = `${answer.check} ${answer.verdict} "${answer.message}"`;
    return `${wanted} expected, but: ${openChecks(run.outcomes)}; the script printed: ${output.slice(-600)}`;
  }
  if (answer.verdict === 'failed') {
    await run.waitUntil(() => run.wasPassed, STAYS_WRONG_MS);
    if (run.wasPassed) return 'the exercise passed a moment later';
    if (!says()) return `"${answer.message}" did not last: ${openChecks(run.outcomes)}`;
  }
  return problemsOf(run);
}

async function findLeftovers(workbench: Workbench, environmentId: string): Promise<string | null> {
  const environments = await workbench.host.list(AbortSignal.timeout(CLEAN_UP_DEADLINE_MS));
  return environments.some((one) => one.id === environmentId) ? `lab ${environmentId} is still there` : null;
}

function problemsOf(run: LabRun): string | null {
  return run.problems.length === 0 ? null : `the checks have mistakes: ${run.problems.join('; ')}`;
}

function openChecks(outcomes: readonly Outcome[]): string {
  return outcomes
    .filter((outcome) => outcome.verdict !== 'passed')
    .map(({ id, verdict, messageId, seen }) => `${id} ${verdict} "${messageId}" ${JSON.stringify(seen)}`)
    .join('; ');
}
