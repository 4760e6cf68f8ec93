import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectEnv } from '../command.mjs';
import { formatDuration } from '../format.mjs';
import { takeLock } from '../lock.mjs';
import { prepare } from '../prepare.mjs';
import { ownTemporaryDir } from '../runs.mjs';
import { PATHS } from '../settings.mjs';
import { describeFailure, SetupError } from '../setup-error.mjs';
import { throwIfStopped } from '../shutdown.mjs';
import { STAGES, selectStages } from '../stages.mjs';
import { runVisibly } from '../visible-command.mjs';

/** Time for browsers and labs to be closed. */
const STOP_GRACE_MS = 20_000;
const TURN_DEADLINE_MS = 60 * 60_000;

/**
 * @typedef {{ name: string, passed: boolean, durationMs: number, counts?: string }} StageResult
 * `counts` is the closing line of a stage that counts itself
 */

/** @type {import('./context.mjs').Command} */
export async function test(context) {
  const { names, options } = wordsOf(context.args);
  const { selected, unknown } = selectStages(names);
  if (unknown.length > 0) {
    throw new SetupError(`There is no stage called ${unknown.join(', ')}.`, {
      todo: `Stages: ${STAGES.map(({ name }) => name).join(', ')}`,
      exitCode: 2,
    });
  }
  if (options.length > 0 && selected.length !== 1) {
    throw new SetupError(`${options.join(' ')} is for one stage.`, { todo: 'Name that stage.', exitCode: 2 });
  }
  const { prepared, failure } = await prepareAsFarAsPossible(selected, context);
  try {
    /** @type {StageResult[]} */
    const results = [];
    for (const stage of selected) {
      throwIfStopped(context.signal);
      results.push(await runStage(stage, { prepared, failure, options, context }));
    }
    throwIfStopped(context.signal);
    await prepared.release();
    const [first] = results;
    context.progress.note(`\n${(results.length === 1 && first?.counts) || summarize(results)}`);
    return results.every(({ passed }) => passed) ? 0 : 1;
  } finally {
    await prepared.release();
  }
}

/** What can be had on nearly every machine, and lets most stages run. */
const CHEAP_NEEDS = /** @type {const} */ (['terminals']);

/**
 * Where the engine, the images, the site or the browser can't be had, the stages without them still run.
 * @param {import('../stages.mjs').Stage[]} stages
 * @param {import('./context.mjs').CommandContext} context
 * @returns {Promise<{ prepared: import('../prepare.mjs').Prepared, failure?: SetupError }>}
 */
async function prepareAsFarAsPossible(stages, context) {
  try {
    return { prepared: await prepare(new Set(stages.flatMap(({ needs }) => needs)), context) };
  } catch (error) {
    if (!(error instanceof SetupError) || !stages.some(isCheap)) throw error;
    console.error(describeFailure(error));
    return { prepared: await prepare(new Set(CHEAP_NEEDS), context), failure: error };
  }
}

/** @param {import('../stages.mjs').Stage} stage */
function isCheap({ needs }) {
  return needs.every((need) => CHEAP_NEEDS.some((cheap) => cheap === need));
}

/**
 * @param {import('../stages.mjs').Stage} stage
 * @param {{ prepared: import('../prepare.mjs').Prepared, failure?: SetupError | undefined, options: string[],
 *   context: import('./context.mjs').CommandContext }} run
 * @returns {Promise<StageResult>}
 */
async function runStage(stage, { prepared, failure, options, context }) {
  const { progress, signal } = context;
  progress.note(`\n── ${stage.name}: ${stage.title}`);
  const startedAtMs = Date.now();
  let passed = true;
  let counts = '';
  if (failure && !isCheap(stage)) {
    progress.note(`Not run, because the set-up failed: ${failure.message}`);
    passed = false;
  } else {
    const endTurn = stage.isExclusive ? await takeTurn(stage.name, context) : () => {};
    const countsFile = path.join(ownTemporaryDir(), `${stage.name}.counts`);
    try {
      const env = projectEnv({
        ...prepared.env,
        ...(stage.countsItself ? { ROLLOUT_LAB_COUNTS_FILE: countsFile } : {}),
        ROLLOUT_LAB_DATA_DIR: path.join(ownTemporaryDir(), 'server'),
        ASTRO_TELEMETRY_DISABLED: '1',
      });
      for (const [index, [program = '', ...own]] of stage.commands.entries()) {
        throwIfStopped(signal);
        const args = index === stage.commands.length - 1 ? [...own, ...options] : own;
        const file = path.join(PATHS.binaries, program);
        const exitCode = await runVisibly(file, args, {
          env,
          signal,
          stopSignal: 'SIGINT',
          graceMs: STOP_GRACE_MS,
        });
        if (exitCode === 0) continue;
        passed = false;
        progress.note(`✗ ${[program, ...args].join(' ')}: exit code ${exitCode}`);
      }
      if (stage.countsItself && existsSync(countsFile)) counts = readFileSync(countsFile, 'utf8').trim();
    } finally {
      rmSync(countsFile, { force: true });
      endTurn();
    }
  }
  const durationMs = Date.now() - startedAtMs;
  progress.note(
    `${passed ? '✓' : '✗'} ${stage.name} (${formatDuration(durationMs)})${counts && `: ${counts}`}`,
  );
  return { name: stage.name, passed, durationMs, counts };
}

/**
 * What begins with a dash, and all after it, is for the last command of the one stage named before.
 * @param {string[]} args
 */
export function wordsOf(args) {
  const first = args.findIndex((arg) => arg.startsWith('-'));
  return first < 0
    ? { names: args, options: [] }
    : { names: args.slice(0, first), options: args.slice(first).filter((arg) => arg !== '--') };
}

/**
 * @param {string} name
 * @param {import('./context.mjs').CommandContext} context
 */
function takeTurn(name, { progress, signal }) {
  return takeLock(path.join(PATHS.locks, `stage-${name}.lock`), {
    deadlineMs: TURN_DEADLINE_MS,
    signal,
    onWait: (pid) => progress.note(`Waiting for the same stage of process ${pid} …`),
  });
}

/**
 * @param {StageResult[]} results
 * @returns {string} a line per stage and the closing line
 */
export function summarize(results) {
  const width = Math.max(0, ...results.map(({ name }) => name.length));
  const passed = results.filter((result) => result.passed).length;
  return [
    ...results.map((r) => `${r.passed ? '✓' : '✗'} ${r.name.padEnd(width)}  ${formatDuration(r.durationMs)}`),
    `${passed} passed, ${results.length - passed} failed`,
  ].join('\n');
}
