import { availableParallelism } from 'node:os';
import type { CatalogExercise } from '../../catalog/catalog.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { AuthorError } from './author-error.ts';
import { runJobs } from './job-pool.ts';
import type { StartTimes } from './lab-run.ts';
import { labWeight, machineCapacity } from './lab-weight.ts';
import { type CaseResult, type Proof, proofsOf, type ReportCase } from './proof.ts';
import { shareOf } from './share.ts';
import { startTable } from './start-table.ts';
import { exerciseById, openWorkbench, type Workbench } from './workbench.ts';

const MAX_JOBS = 64;
const MAX_RETRIES = 3;
const MAX_PATIENCE = 20;

export async function runTest(args: readonly string[], signal: AbortSignal): Promise<0 | 1> {
  const { values, positionals } = readArguments(args, {
    jobs: { type: 'string' },
    only: { type: 'string' },
    retries: { type: 'string', default: '0' },
    patience: { type: 'string', default: '1' },
    share: { type: 'string', default: '1/1' },
  });
  const retries = values.retries === '0' ? 0 : wholeNumber('retries', values.retries, MAX_RETRIES);
  using bench = await openWorkbench();
  const { catalog } = bench;
  const exercises =
    positionals.length === 0 ? catalog.exercises() : positionals.map((id) => exerciseById(catalog, id));
  const { only, share } = values;
  const all = exercises.flatMap(proofsOf).filter((proof) => only === undefined || proof.name.includes(only));
  const proofs = shareOf(all, share);
  if (proofs.length === 0) throw new AuthorError('There is nothing to prove.');
  const capacity =
    values.jobs === undefined
      ? await fittingCapacity(bench, exercises)
      : wholeNumber('jobs', values.jobs, MAX_JOBS);
  process.stderr.write(`${proofs.length} labs or more to go, ${capacity} of one node at a time\n`);
  if (proofs.length < all.length)
    process.stderr.write(`share ${share}: ${all.length - proofs.length} wrong answers are left out\n`);
  const starts = new Map<string, StartTimes[]>();
  const workbench: Workbench = {
    ...bench,
    patience: wholeNumber('patience', values.patience, MAX_PATIENCE),
    onStart: (id, times) => void starts.set(id, [...(starts.get(id) ?? []), times]),
  };
  const proven = await proveAll(workbench, proofs, capacity, signal);
  const again = await proveAgain(workbench, proven, retries, signal);
  const results = [...new Map([...proven, ...again]).values()].flat();
  const failed = results.filter((result) => result.failure !== null).length;
  process.stdout.write(startTable(starts));
  if (again.size > 0) {
    const names = [...again.keys()].map(({ exercise, name }) => `${exercise.id} ${name}`);
    process.stdout.write(`proven more than once: ${names.join(', ')}\n`);
  }
  process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

type ProofResults = ReadonlyMap<Proof, readonly CaseResult[]>;

/**
 * A real swarm on a busy machine is late now and then. What failed is proven anew when the rest is done, one lab at
 * a time; what fails every time stays a failure, and what did not is named.
 */
async function proveAgain(
  workbench: Workbench,
  proven: ProofResults,
  retries: number,
  signal: AbortSignal,
): Promise<ProofResults> {
  const latest = new Map<Proof, readonly CaseResult[]>();
  let open = failedProofs(proven);
  for (let round = 0; round < retries && open.length > 0; round++) {
    const results = await proveAll(workbench, open, 1, signal);
    for (const [proof, cases] of results) latest.set(proof, cases);
    open = failedProofs(results);
  }
  return latest;
}

function failedProofs(results: ProofResults): Proof[] {
  const failed = [...results].filter(([, cases]) => cases.some(({ failure }) => failure !== null));
  return failed.map(([proof]) => proof);
}

function fittingCapacity(
  { catalog, host }: Workbench,
  exercises: readonly CatalogExercise[],
): Promise<number> {
  const labs = catalog.labs.filter((lab) => exercises.some((exercise) => exercise.lab === lab.id));
  return host.capacity(AbortSignal.timeout(10_000)).then((free) =>
    machineCapacity(
      labs.map((lab) => lab.definition),
      availableParallelism(),
      free,
    ),
  );
}

async function proveAll(
  workbench: Workbench,
  proofs: readonly Proof[],
  capacity: number,
  signal: AbortSignal,
): Promise<ProofResults> {
  const results = new Map<Proof, readonly CaseResult[]>();
  const jobs = proofs.map((proof) => ({
    proof,
    weight: weightOf(workbench, proof),
    run: async (): Promise<void> => {
      signal.throwIfAborted();
      process.stderr.write(`… ${proof.exercise.id} ${proof.name}\n`);
      results.set(proof, await proveOne(workbench, proof, signal));
    },
  }));
  // Long work first, so that none of it is left alone at the end: big labs, and proofs that take two labs.
  const isLong = ({ proof }: { proof: Proof }): number => Number(proof.name === 'solution');
  jobs.sort((one, other) => other.weight - one.weight || isLong(other) - isLong(one));
  await runJobs(jobs, capacity);
  return results;
}

function weightOf({ catalog }: Workbench, { exercise }: Proof): number {
  const lab = catalog.lab(exercise.lab);
  return lab === null ? 1 : labWeight(lab.definition);
}

async function proveOne(
  workbench: Workbench,
  proof: Proof,
  signal: AbortSignal,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  const add = (name: string, failure: string | null, begunAtMs: number): void => {
    const result = { exercise: proof.exercise.id, name, failure, durationMs: Date.now() - begunAtMs };
    results.push(result);
    process.stdout.write(caseLine(result));
  };
  const report: ReportCase = async (name, act) => {
    const begunAtMs = Date.now();
    add(name, await act().catch((cause: unknown) => failureText(cause, signal)), begunAtMs);
  };
  const begunAtMs = Date.now();
  try {
    await proof.prove(workbench, report, signal);
  } catch (cause) {
    add(proof.name, failureText(cause, signal), begunAtMs);
  }
  return results;
}

/** An interrupted run proves nothing: that ends it instead of counting as a failure. */
function failureText(cause: unknown, signal: AbortSignal): string {
  signal.throwIfAborted();
  return cause instanceof Error ? cause.message : String(cause);
}

function caseLine({ exercise, name, failure, durationMs }: CaseResult): string {
  const seconds = (durationMs / 1000).toFixed(1);
  const why = failure === null ? '' : `  ${failure.replace(/\s+/g, ' ')}`;
  return `${failure === null ? 'ok  ' : 'FAIL'}  ${exercise}  ${name}  (${seconds} s)${why}\n`;
}
