import { percentile } from '../harness/statistics.ts';
import { type Repeated, repeatFor } from '../measure/repeat.ts';
import { extraLearners } from '../product/extra-learners.ts';
import { BENCH_LAB, type OpenedLab, startToPrompt } from '../product/lab-run.ts';
import type { LearnerClient } from '../product/learner-client.ts';
import { ProductServer } from '../product/product-server.ts';
import { drain, echoMs } from '../terminal-talk.ts';
import type { SuiteContext } from './suite.ts';

/** Labs that are created side by side. */
export const SIDE_BY_SIDE = [1, 2, 3, 4] as const;
const CLASS_SIZE = 8;
const QUIET_MS = 4000;
const KEY_PAUSE_MS = 20;
const KEYS_PER_LINE = 40;
const ECHO_DEADLINE_MS = 10_000;
/** Longer than any burst; it ends with the burst. */
const AT_MOST_MS = 180_000;

/** A class of eight starts at once, and is then reset, as many at a time as the server creates. */
export async function measureCapacity(context: SuiteContext): Promise<void> {
  const rounds = Math.max(1, Math.floor(context.runs / 3));
  for (let round = 1; round <= rounds; round++)
    for (const count of SIDE_BY_SIDE) {
      context.progress(`round ${round} of ${rounds}, ${count} side by side`);
      await measureWith(context, count);
    }
}

async function measureWith(context: SuiteContext, count: number): Promise<void> {
  const { engine, signal } = context;
  const environment = { ...context.environment, ROLLOUT_LAB_PARALLEL_STARTS: String(count) };
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  const learners = await extraLearners(
    { dataDir: server.dataDir, origin: server.learner.origin },
    CLASS_SIZE,
    signal,
  );
  const inUse = await startToPrompt(server.learner, signal);
  await using _terminal = inUse.terminal;
  const quiet = await echoes(inUse, AbortSignal.timeout(QUIET_MS), signal);
  const sessions = new Map<LearnerClient, Awaited<ReturnType<LearnerClient['startLab']>>>();
  await besideEcho(context, { name: `burst-by-${count}`, inUse, quiet }, () =>
    // Everybody clicks at once: who comes when is up to the server.
    Promise.all(
      learners.map(async (learner) => {
        const clickedAtMs = performance.now();
        const session = await learner.startLab(BENCH_LAB);
        sessions.set(learner, session);
        await learner.whenReady(session.id, session.generation);
        return performance.now() - clickedAtMs;
      }),
    ),
  );
  await besideEcho(context, { name: `reset-by-${count}`, inUse, quiet }, async () => {
    const left = [...sessions];
    const took: number[] = [];
    // As the server does it for an instructor: the next one when one is ready.
    const next = async (): Promise<void> => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) {
        const [learner, { id, generation }] = one;
        const beganAtMs = performance.now();
        await learner.resetLab(id);
        await learner.whenReady(id, generation + 1);
        took.push(performance.now() - beganAtMs);
      }
    };
    await Promise.all(Array.from({ length: count }, next));
    return took;
  });
}

interface Beside {
  readonly name: string;
  readonly inUse: OpenedLab;
  readonly quiet: Repeated;
}

/** What the work takes for each lab and in all, and what somebody notices who types meanwhile. */
async function besideEcho(
  { sheet, progress, signal }: SuiteContext,
  { name, inUse, quiet }: Beside,
  work: () => Promise<number[]>,
): Promise<void> {
  const over = new AbortController();
  const typing = echoes(inUse, over.signal, signal);
  const beganAtMs = performance.now();
  const took = await work().finally(() => over.abort());
  const allMs = performance.now() - beganAtMs;
  const { times, failures } = await typing;
  for (const ms of took) sheet.sample(`${name}-to-ready`, 'ours', ms);
  sheet.sample(`${name}-all-ready`, 'ours', allMs);
  for (const ms of times) sheet.sample(`${name}-echo`, 'ours', ms);
  for (const ms of quiet.times) sheet.sample(`${name}-echo`, 'baseline', ms);
  sheet.sample(`${name}-echo-p99`, 'ours', percentile(times, 99));
  sheet.sample(`${name}-echo-p99`, 'baseline', percentile(quiet.times, 99));
  for (const reason of failures) sheet.fail(`${name}-echo`, 'ours', reason);
  const [p50, p99] = [50, 99].map((percent) => percentile(times, percent).toFixed(1));
  progress(`  ${name}: all ready after ${Math.round(allMs)} ms; echo p50 ${p50} ms, p99 ${p99} ms`);
}

/** Types into the lab until told to stop. */
function echoes({ terminal }: OpenedLab, until: AbortSignal, signal: AbortSignal): Promise<Repeated> {
  return repeatFor({ durationMs: AT_MOST_MS, pauseMs: KEY_PAUSE_MS, signal, until }, async (index) => {
    if (index % KEYS_PER_LINE === 0) {
      terminal.type('\x15');
      await drain(terminal, 100);
    }
    return echoMs(terminal, 'abdefgijlnop'[index % 12] ?? 'a', { deadlineMs: ECHO_DEADLINE_MS, signal });
  });
}
