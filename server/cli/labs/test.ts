import { availableParallelism } from 'node:os';
import type { CatalogExercise } from '../../catalog/catalog.ts';
import type { LabHost } from '../../ports.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { AuthorError } from './author-error.ts';
import { type CaseResult, type Proof, proofsOf, type ReportCase } from './proof.ts';
import { exerciseById, openWorkbench, type Workbench } from './workbench.ts';

/** Labs wait more than they work: two per processor keep it busy without making health checks late. */
const LABS_PER_PROCESSOR = 2;
/** Part of the free memory that may be promised to labs. */
const MEMORY_SHARE = 0.7;
const MAX_JOBS = 64;

export async function runTest(args: readonly string[], signal: AbortSignal): Promise<0 | 1> {
  const { values, positionals } = readArguments(args, { jobs: { type: 'string' }, only: { type: 'string' } });
  using workbench = await openWorkbench();
  const { catalog, host } = workbench;
  const exercises =
    positionals.length === 0 ? catalog.exercises() : positionals.map((id) => exerciseById(catalog, id));
  const { only } = values;
  const proofs = exercises
    .flatMap(proofsOf)
    .filter((proof) => only === undefined || proof.name.includes(only));
  if (proofs.length === 0) throw new AuthorError('There is nothing to prove.');
  const jobs =
    values.jobs === undefined
      ? await fittingJobs(host, workbench, exercises)
      : wholeNumber('jobs', values.jobs, MAX_JOBS);
  process.stderr.write(`${proofs.length} labs or more to go, ${jobs} at a time\n`);
  const results = await proveAll(workbench, proofs, jobs, signal);
  const failed = results.filter((result) => result.failure !== null).length;
  process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function fittingJobs(
  host: LabHost,
  { catalog }: Workbench,
  exercises: readonly CatalogExercise[],
): Promise<number> {
  const { memoryAvailableBytes } = await host.capacity(AbortSignal.timeout(10_000));
  const largest = Math.max(
    ...exercises.map((exercise) => {
      const definition = catalog.lab(exercise.lab)?.definition;
      return (definition?.limits.memoryMiB ?? 0) * (definition?.nodes.length ?? 1) * 1024 * 1024;
    }),
  );
  const byMemory = Math.floor((memoryAvailableBytes * MEMORY_SHARE) / largest);
  return Math.max(1, Math.min(byMemory, availableParallelism() * LABS_PER_PROCESSOR));
}

async function proveAll(
  workbench: Workbench,
  proofs: readonly Proof[],
  jobs: number,
  signal: AbortSignal,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  // The ones that take two labs come first, so that none of them is left alone at the end.
  const waiting = [...proofs].sort(
    (one, other) => Number(other.name === 'solution') - Number(one.name === 'solution'),
  );
  const work = async (): Promise<void> => {
    for (let proof = waiting.shift(); proof !== undefined; proof = waiting.shift()) {
      signal.throwIfAborted();
      process.stderr.write(`… ${proof.exercise.id} ${proof.name}\n`);
      await proveOne(workbench, proof, results, signal);
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: jobs }, work));
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
  return results;
}

async function proveOne(
  workbench: Workbench,
  proof: Proof,
  results: CaseResult[],
  signal: AbortSignal,
): Promise<void> {
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
