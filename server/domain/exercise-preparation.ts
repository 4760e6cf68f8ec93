import { setTimeout as sleep } from 'node:timers/promises';
import type { LabDefinition } from '#contract/definitions.ts';
import {
  conditionOf,
  mayFollow,
  type NodeCondition,
  type NodeConditions,
  type NodeImpairment,
} from '#contract/node-condition.ts';
import type { LabEnvironment, LabHost, LabNodeRef, LabShell } from '../ports.ts';
import { LabError } from './lab-error.ts';
import type { Log } from './log.ts';
import type { SessionGrading } from './session-grading.ts';

/** What a learner's hand asks for. */
export interface NodeSwitch {
  readonly node: string;
  readonly to: NodeCondition;
}

interface StartScript {
  /** Exercise whose script it is. */
  readonly exercise: string;
  readonly script: string;
  /** Exercise whose start shows that the script did what it is for. */
  readonly leadsTo: string;
}

export interface PreparationParts {
  readonly host: LabHost;
  readonly shell: Pick<LabShell, 'run'>;
  readonly log: Log;
  /** In order, for a fresh lab. */
  readonly scriptsToStart: (exerciseId: string) => readonly StartScript[];
  /** Finds the switches that a script's commands ask for in what it prints. */
  readonly scanSwitches: (onSwitch: (asked: NodeSwitch) => void) => (chunk: Uint8Array) => void;
}

interface Preparation {
  readonly exercise: string;
  readonly definition: LabDefinition;
  readonly environment: LabEnvironment;
  readonly grading: SessionGrading;
}

const SCRIPT_DEADLINE_MS = 180_000;
/** From a script's end until the swarm is where it should be. */
const START_DEADLINE_MS = 120_000;
const LOOK_EVERY_MS = 250;
/** Nobody reads what the scripts print. */
const OUTPUT_KEPT_BYTES = 1024;

/**
 * Brings a fresh lab to an exercise's start, one script after the other, each on what the one before led to.
 * @returns what the scripts' switches have done to nodes
 * @throws {LabError} LAB_PREPARE_FAILED naming the exercise whose script or start it was
 */
export async function prepareExercise(
  parts: PreparationParts,
  preparation: Preparation,
  signal: AbortSignal,
): Promise<NodeConditions> {
  const { exercise, grading } = preparation;
  const conditions: Record<string, NodeImpairment> = {};
  const steps = parts.scriptsToStart(exercise);
  for (const step of steps) {
    await runStep(parts, preparation, step, conditions, signal);
    await reachStart(grading, step.leadsTo, signal);
  }
  // Where the fresh lab is the start, it may take a moment to be that.
  if (steps.length === 0) await reachStart(grading, exercise, signal);
  return conditions;
}

async function runStep(
  parts: PreparationParts,
  { definition, environment, grading }: Preparation,
  { exercise, script }: StartScript,
  conditions: Record<string, NodeImpairment>,
  signal: AbortSignal,
): Promise<void> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(SCRIPT_DEADLINE_MS)]);
  let switching = Promise.resolve();
  const flip = async ({ node, to }: NodeSwitch): Promise<void> => {
    const isKnown = environment.nodes.some((one) => one.name === node);
    const from = conditionOf(conditions, node);
    if (!definition.powerSwitches || !isKnown || from === to || !mayFollow(from, to)) return;
    grading.recordPower(node, to);
    await parts.host.switchNode(environment, node, to, bounded);
    if (to === 'on') delete conditions[node];
    else conditions[node] = to;
  };
  const onOutput = parts.scanSwitches((asked) => {
    switching = switching.then(() => flip(asked));
    // It is looked at when the script is over.
    switching.catch(() => {});
  });
  const request = { script, maxOutputBytes: OUTPUT_KEPT_BYTES, onOutput };
  const beganAtMs = performance.now();
  const exitCode = await parts.shell.run(firstNode(environment), request, bounded).then(
    async (result) => {
      await switching;
      return result.exitCode;
    },
    (cause: unknown) => {
      throw new LabError('LAB_PREPARE_FAILED', `script of ${exercise} did not end`, { cause });
    },
  );
  const durationMs = Math.round(performance.now() - beganAtMs);
  parts.log.debug(
    { environmentId: environment.id, exerciseId: exercise, exitCode, durationMs },
    'script replayed',
  );
  if (exitCode !== 0)
    throw new LabError('LAB_PREPARE_FAILED', `script of ${exercise} ended with ${exitCode}`);
}

async function reachStart(grading: SessionGrading, exercise: string, signal: AbortSignal): Promise<void> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(START_DEADLINE_MS)]);
  try {
    while (!(await grading.startReached(exercise)))
      await sleep(LOOK_EVERY_MS, undefined, { signal: bounded });
  } catch (cause) {
    throw new LabError('LAB_PREPARE_FAILED', `start of ${exercise} was not reached`, { cause });
  }
  signal.throwIfAborted();
}

/** Where the learner's scripts run: the others are reached from there. */
function firstNode(environment: LabEnvironment): LabNodeRef {
  const [node] = environment.nodes;
  if (node === undefined) throw new LabError('LAB_PREPARE_FAILED', `lab ${environment.id} has no node`);
  return node;
}
