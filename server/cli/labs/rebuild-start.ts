import type { Catalog, CatalogExercise } from '../../catalog/catalog.ts';
import type { Outcome } from '../../domain/grading/outcome.ts';
import { AuthorError } from './author-error.ts';
import type { ScriptResult } from './lab-run.ts';

/** What rebuilding needs of a run. */
interface FreshLab {
  readonly exercise: CatalogExercise;
  runScript(script: string): Promise<ScriptResult>;
  startDifferences(exercise: CatalogExercise): readonly Outcome[];
  waitUntil(isTrue: () => boolean, timeoutMs: number): Promise<boolean>;
}

/** Longest wait for an exercise's start after the script that leads there. */
const START_DEADLINE_MS = 120_000;
/** A fresh lab may take a moment until its swarm says so. */
const FRESH_DEADLINE_MS = 20_000;
const SHOWN_OUTPUT_CHARS = 2_000;

/** Brings a fresh lab to its exercise's start as "prepare this exercise" does. @throws {AuthorError} naming the script that did not lead there */
export async function rebuildStart(lab: FreshLab, catalog: Catalog): Promise<void> {
  const steps = catalog.scriptsToStart(lab.exercise.id);
  for (const { exercise, script, leadsTo } of steps) {
    const target = catalog.exercise(leadsTo);
    if (target === null) throw new Error(`there is no exercise ${leadsTo}`);
    const { exit, output } = await lab.runScript(script);
    if (exit === 0 && (await isReached(lab, target, START_DEADLINE_MS))) continue;
    const why = exit === 0 ? differencesOf(lab, target) : `it ended with ${exit}`;
    throw new AuthorError(
      `A script of ${exercise} did not lead to the start of ${leadsTo} (${why}). ` +
        `It printed:\n${output.slice(-SHOWN_OUTPUT_CHARS)}`,
    );
  }
  if (steps.length > 0 || (await isReached(lab, lab.exercise, FRESH_DEADLINE_MS))) return;
  throw new AuthorError(
    `A fresh lab is not the start of ${lab.exercise.id} (${differencesOf(lab, lab.exercise)}).`,
  );
}

function isReached(lab: FreshLab, exercise: CatalogExercise, timeoutMs: number): Promise<boolean> {
  return lab.waitUntil(() => lab.startDifferences(exercise).length === 0, timeoutMs);
}

function differencesOf(lab: FreshLab, exercise: CatalogExercise): string {
  return lab
    .startDifferences(exercise)
    .map(({ id, message }) => `${id}: ${message?.en}`)
    .join('; ');
}
