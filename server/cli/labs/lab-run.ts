import { setTimeout as sleep } from 'node:timers/promises';
import type { ExerciseVerdict } from '#contract/api.ts';
import type { CheckContext, ExerciseStart } from '#contract/check.ts';
import type { CatalogExercise, CatalogLab } from '../../catalog/catalog.ts';
import { ExerciseGrader } from '../../domain/grading/exercise-grader.ts';
import { LabWatch } from '../../domain/grading/lab-watch.ts';
import type { Outcome } from '../../domain/grading/outcome.ts';
import { startOutcomes } from '../../domain/grading/start-comparison.ts';
import { isInMotion } from '../../domain/grading/swarm-motion.ts';
import { NO_SINK } from '../../domain/history/history-sink.ts';
import type { LabEnvironment, LabNodeRef } from '../../ports.ts';
import { randomId } from '../../random-id.ts';
import { scanSequences } from '../../terminal/sequence-scanner.ts';
import { plainOutput } from './plain-output.ts';
import { rebuildStart } from './rebuild-start.ts';
import { Switchboard } from './switchboard.ts';
import type { Workbench } from './workbench.ts';

const START_DEADLINE_MS = 120_000;
const REMOVE_DEADLINE_MS = 60_000;
/** A learner's script that takes longer than this hangs. */
const SCRIPT_DEADLINE_MS = 300_000;
const MAX_OUTPUT_BYTES = 256 * 1024;
/** A verdict that stands this long, in a swarm at rest, will not change by itself. */
const QUIET_MS = 4_000;
const LOOK_EVERY_MS = 100;

/** Milliseconds until the lab's nodes stood, and from there until the exercise's start was rebuilt. */
export interface StartTimes {
  readonly created: number;
  readonly rebuilt: number;
}

export interface ScriptResult {
  readonly exit: number;
  readonly output: string;
}

/** A fresh lab at an exercise's start, graded, for one script or a few. Disposing removes it. */
export class LabRun implements AsyncDisposable {
  readonly exercise: CatalogExercise;
  readonly environment: LabEnvironment;
  readonly #workbench: Workbench;
  readonly #watch: LabWatch;
  readonly #signal: AbortSignal;
  readonly #problems: string[] = [];
  readonly #switches: Switchboard;
  #grader: ExerciseGrader | null = null;
  #start: ExerciseStart | null = null;
  #verdictAtMs = 0;
  #wasPassed = false;

  private constructor(
    workbench: Workbench,
    exercise: CatalogExercise,
    lab: CatalogLab,
    environment: LabEnvironment,
    signal: AbortSignal,
  ) {
    this.#workbench = workbench;
    this.exercise = exercise;
    this.environment = environment;
    this.#signal = signal;
    const onFailure = (failure: unknown): void =>
      void this.#problems.push(`a look failed: ${String(failure)}`);
    this.#watch = new LabWatch({
      observer: workbench.observer,
      nodes: environment.nodes,
      isWatched: () => false,
      sink: NO_SINK,
      onFailure,
    });
    this.#switches = new Switchboard({
      host: workbench.host,
      environment,
      definition: lab.definition,
      forbids: exercise.definition.forbids,
      onSwitch: ({ node, to }) =>
        this.#watch.record({ type: 'power', labNode: node, on: to === 'on', condition: to }),
      onProblem: (problem) => void this.#problems.push(problem),
      signal,
    });
  }

  /** Makes a lab and brings it to the exercise's start by what the exercises before lead to. */
  static async open(workbench: Workbench, exercise: CatalogExercise, signal: AbortSignal): Promise<LabRun> {
    const lab = workbench.catalog.lab(exercise.lab);
    if (lab === null) throw new Error(`${exercise.id} belongs to no lab`);
    const { definition, filesFolder } = lab;
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(START_DEADLINE_MS * workbench.patience)]);
    const begunAtMs = Date.now();
    const environment = await workbench.host.create({ id: randomId(10), definition, filesFolder }, bounded);
    const createdAtMs = Date.now();
    const run = new LabRun(workbench, exercise, lab, environment, signal);
    try {
      await run.#watch.refresh();
      await rebuildStart(run, workbench.catalog);
      await run.begin();
      const rebuilt = Date.now() - createdAtMs;
      workbench.onStart?.(exercise.id, { created: createdAtMs - begunAtMs, rebuilt });
      return run;
    } catch (failure) {
      await run[Symbol.asyncDispose]();
      throw failure;
    }
  }

  get verdict(): ExerciseVerdict {
    const verdict = this.#grader?.verdict;
    if (!verdict) throw new Error('the exercise has not begun');
    return verdict;
  }

  get outcomes(): readonly Outcome[] {
    return this.#grader?.outcomes ?? [];
  }

  /** True once every check passed at the same time, if only for a moment. */
  get wasPassed(): boolean {
    return this.#wasPassed;
  }

  /** What checks are given now: a real case for their unit tests. */
  get recording(): CheckContext {
    const { latest: snapshot, history } = this.#watch;
    if (snapshot === null || this.#start === null) throw new Error('the exercise has not begun');
    return { snapshot, history, start: this.#start, nowMs: Date.now() };
  }

  /** Author's mistakes met on the way. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** How the swarm differs now from where an exercise begins. */
  startDifferences(exercise: CatalogExercise): readonly Outcome[] {
    const { latest: snapshot, history } = this.#watch;
    const start = { atMs: 0, seq: 0, serviceIds: {} };
    const onProblem = (check: string, problem: unknown): void =>
      void this.#problems.push(`start of ${exercise.id}, ${check}: ${String(problem)}`);
    if (snapshot === null) throw new Error('nothing has been seen of the lab yet');
    return startOutcomes(exercise, { snapshot, history, start, nowMs: Date.now() }, onProblem).filter(
      ({ verdict }) => verdict !== 'passed',
    );
  }

  /** Enters the exercise, or enters it anew: answers given before are forgotten. */
  async begin(): Promise<void> {
    this.#grader?.[Symbol.dispose]();
    this.#wasPassed = false;
    this.#start = await this.#watch.exerciseStart();
    this.#grader = new ExerciseGrader({
      exercise: this.exercise,
      watch: this.#watch,
      start: this.#start,
      generation: 0,
      completedAtMs: null,
      rightAnswers: {},
      onVerdict: (verdict) => {
        this.#verdictAtMs = Date.now();
        this.#wasPassed ||= verdict.passed;
      },
      onProblem: (check, problem) => {
        this.#problems.push(`${check}: ${problem instanceof Error ? problem.message : String(problem)}`);
      },
    });
  }

  /** Runs a script as the learner on the first node; answers that it gives are taken as they come. */
  async runScript(script: string): Promise<ScriptResult> {
    let answers = Promise.resolve();
    const onOutput = scanSequences((sequence) => {
      if (sequence.type === 'power') this.#switches.throw(sequence);
      else answers = answers.then(() => this.#answer(sequence.check, sequence.value));
    });
    const signal = AbortSignal.any([
      this.#signal,
      AbortSignal.timeout(SCRIPT_DEADLINE_MS * this.#workbench.patience),
    ]);
    const request = { script, maxOutputBytes: MAX_OUTPUT_BYTES, onOutput };
    const { exitCode, output } = await this.#workbench.shell.run(this.#firstNode(), request, signal);
    await Promise.all([answers, this.#switches.idle()]);
    // What the script did last may not have been looked at yet.
    await this.#watch.refresh();
    return { exit: exitCode, output: plainOutput(output) };
  }

  /** @returns whether it became true in time, on a machine as fast as its authors' */
  async waitUntil(isTrue: () => boolean, timeoutMs: number): Promise<boolean> {
    const deadlineMs = Date.now() + timeoutMs * this.#workbench.patience;
    while (!isTrue()) {
      if (Date.now() >= deadlineMs) return false;
      await sleep(LOOK_EVERY_MS, undefined, { signal: this.#signal });
    }
    return true;
  }

  /** Waits until the exercise is passed or nothing more is to be expected, at most until the time is over. */
  async settle(timeoutMs: number): Promise<boolean> {
    return this.waitUntil(() => this.verdict.passed || this.#isQuiet(), timeoutMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#grader?.[Symbol.dispose]();
    await this.#watch[Symbol.asyncDispose]();
    // Also after Ctrl-C: what was made must go.
    await this.#workbench.host.remove(
      this.environment.id,
      AbortSignal.timeout(REMOVE_DEADLINE_MS * this.#workbench.patience),
    );
  }

  async #answer(check: string, value: string): Promise<void> {
    try {
      await this.#grader?.answer(check, value);
    } catch (failure) {
      this.#problems.push(
        `answer to ${check}: ${failure instanceof Error ? failure.message : String(failure)}`,
      );
    }
  }

  #isQuiet(): boolean {
    const { latest } = this.#watch;
    return latest !== null && !isInMotion(latest) && Date.now() - this.#verdictAtMs >= QUIET_MS;
  }

  #firstNode(): LabNodeRef {
    const [node] = this.environment.nodes;
    if (node === undefined) throw new Error('the lab has no node');
    return node;
  }
}
