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
const CHAIN_SETTLES_MS = 30_000;
const CLEAN_UP_DEADLINE_MS = 10_000;

type WrongAnswers = CatalogExercise['wrongAnswers'];

/** Everything that is to be proven of an exercise, in pieces that can run side by side. */
export function proofsOf(exercise: CatalogExercise): Proof[] {
  const { wrongAnswers, preparation } = exercise;
  const solution: Proof = {
    exercise,
    name: 'solution',
    prove: (...args) => proveSolution(exercise, ...args),
  };
  const others = wrongAnswers
    .filter((answer) => !answer.harmless)
    .map((answer) => wrongProof(exercise, answer));
  return preparation === null
    ? [solution, ...others]
    : [solution, preparationProof(exercise, preparation), ...others];
}

function wrongProof(exercise: CatalogExercise, answer: WrongAnswers[number]): Proof {
  const prove: Proof['prove'] = (workbench, report, signal) =>
    report(wrongName(answer), async () => {
      await using run = await LabRun.open(workbench, exercise, signal);
      return await proveWrongAnswer(run, answer);
    });
  return { exercise, name: `wrong/${answer.script}`, prove };
}

function wrongName(answer: WrongAnswers[number]): string {
  return `wrong/${answer.script} gets "${answer.message}"`;
}

function preparationProof(exercise: CatalogExercise, preparation: string): Proof {
  const prove: Proof['prove'] = (workbench, report, signal) =>
    report('prepare.sh leads to the same end', async () => {
      await using run = await LabRun.open(workbench, exercise, signal);
      const failure = await runToTheEnd(run, preparation);
      const next = nextOf(workbench, exercise);
      return failure !== null || next === null ? failure : await reachesStart(run, next);
    });
  return { exercise, name: 'prepare', prove };
}

async function proveSolution(
  exercise: CatalogExercise,
  workbench: Workbench,
  report: ReportCase,
  signal: AbortSignal,
): Promise<void> {
  const first = await LabRun.open(workbench, exercise, signal);
  let start = '';
  {
    await using run = first;
    await report('untouched start fails', async () => {
      start = await startOf(run);
      return run.wasPassed ? 'the exercise is passed before anything was done' : problemsOf(run);
    });
    await report('the start is as start.ts says', async () => differencesFrom(run, exercise));
    for (const answer of exercise.wrongAnswers.filter((one) => one.harmless)) {
      await run.begin();
      await report(wrongName(answer), () => proveWrongAnswer(run, answer));
    }
    await run.begin();
    await report('solution passes', () => runToTheEnd(run, exercise.solution));
    await reportChain(workbench, run, 'the solution', report);
  }
  await report('nothing left behind (first lab)', () => findLeftovers(workbench, first.environment.id));
  const second = await LabRun.open(workbench, exercise, signal);
  {
    await using run = second;
    await report('reset returns to the start', async () => {
      const now = await startOf(run);
      return now === start ? problemsOf(run) : `the start differs after a reset: ${start} … now … ${now}`;
    });
    await report('solution passes again', () => runToTheEnd(run, exercise.solution));
  }
  await report('nothing left behind (second lab)', () => findLeftovers(workbench, second.environment.id));
}

/** The exercise after this one begins where its solution ends: nobody has to be brought there. */
async function reportChain(
  workbench: Workbench,
  run: LabRun,
  what: string,
  report: ReportCase,
): Promise<void> {
  const next = nextOf(workbench, run.exercise);
  if (next !== null) await report(`${next.id} begins where ${what} ends`, () => reachesStart(run, next));
}

function nextOf({ catalog }: Workbench, exercise: CatalogExercise): CatalogExercise | null {
  return exercise.extra ? null : catalog.exerciseAfter(exercise.id);
}

async function reachesStart(run: LabRun, next: CatalogExercise): Promise<string | null> {
  const isThere = (): boolean => run.startDifferences(next).length === 0;
  return (await run.waitUntil(isThere, CHAIN_SETTLES_MS)) ? problemsOf(run) : differencesFrom(run, next);
}

function differencesFrom(run: LabRun, exercise: CatalogExercise): string | null {
  const differences = run.startDifferences(exercise).map(({ id, message }) => `${id}: ${message?.en}`);
  return differences.length === 0 ? problemsOf(run) : `differences: ${differences.join('; ')}`;
}

/** What the checks say once the start has settled, in a form that can be compared. */
async function startOf(run: LabRun): Promise<string> {
  await run.settle(START_SETTLES_MS);
  return run.outcomes.map(({ id, verdict, messageId }) => `${id} ${verdict} ${messageId ?? ''}`).join('; ');
}

async function runToTheEnd(run: LabRun, script: string): Promise<string | null> {
  const { exit, output } = await run.runScript(script);
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
