import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckContext } from '#contract/check.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { loadCatalog } from '../catalog/load-catalog.ts';
import { evaluateExercise, NOTHING_GRADED } from '../domain/grading/evaluate-exercise.ts';
import type { Outcome } from '../domain/grading/outcome.ts';

const LABS = join(import.meta.dirname, '../../labs');

let course: Promise<Catalog> | undefined;

export function courseCatalog(): Promise<Catalog> {
  course ??= loadCatalog(LABS);
  return course;
}

/** What checks were given on a real swarm, taken by `labs -- try … --record`. */
export function readRecording(lab: string, name: string): CheckContext {
  const file = join(LABS, lab, 'testing/fixtures', `${name}.jsonl`);
  return JSON.parse(readFileSync(file, 'utf8')) as CheckContext;
}

/** The recording with its first swarm changed. */
export function withSwarm(context: CheckContext, change: (swarm: SwarmView) => SwarmView): CheckContext {
  const { snapshot } = context;
  return { ...context, snapshot: { ...snapshot, swarms: snapshot.swarms.map(change) } };
}

/** The recording with one service changed. */
export function withService(
  context: CheckContext,
  name: string,
  change: (service: SwarmService) => SwarmService,
): CheckContext {
  return withSwarm(context, (swarm) => ({
    ...swarm,
    services: swarm.services.map((service) => (service.name === name ? change(service) : service)),
  }));
}

/** `check` → `passed`, or the message that it gives. An author's mistake throws. */
export async function grade(exerciseId: string, context: CheckContext): Promise<Record<string, string>> {
  const outcomes = await outcomesOf(exerciseId, context);
  return Object.fromEntries(
    outcomes.map(({ id, verdict, messageId }) => [
      id,
      verdict === 'passed' ? verdict : (messageId ?? verdict),
    ]),
  );
}

export async function outcomesOf(exerciseId: string, context: CheckContext): Promise<readonly Outcome[]> {
  const exercise = (await courseCatalog()).exercise(exerciseId);
  if (exercise === null) throw new Error(`there is no exercise ${exerciseId}`);
  return evaluateExercise(exercise, context, NOTHING_GRADED, throwProblem).outcomes;
}

export function throwProblem(check: string, problem: unknown): never {
  throw new Error(`the check ${check} is broken`, { cause: problem });
}
