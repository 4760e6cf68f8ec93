import { setTimeout as delay } from 'node:timers/promises';
import { type Besieged, prepareSiege, Siege, whenBack } from '../attack/siege.ts';
import { interleave } from '../harness/interleave.ts';
import { percentile } from '../harness/statistics.ts';
import { type Repeated, repeatFor } from '../measure/repeat.ts';
import { deployStack } from '../product/deploy-stack.ts';
import { extraLearners } from '../product/extra-learners.ts';
import { type OpenedLab, resetToPrompt, startToPrompt } from '../product/lab-run.ts';
import type { LearnerClient } from '../product/learner-client.ts';
import { ProductServer } from '../product/product-server.ts';
import { drain, echoMs } from '../terminal-talk.ts';
import { ChangingSwarm } from './changing-swarm.ts';
import type { SuiteContext } from './suite.ts';

type Arm = 'quiet' | 'attacked';

const BLOCK_MS = 7000;
const SETTLE_MS = 3000;
const WARM_UP_MS = 2000;
const ECHO_DEADLINE_MS = 10_000;
const KEY_PAUSE_MS = 30;
const KEYS_PER_LINE = 40;
const KEYS = 'abdefgijlnopqrstuvwxyz';
/** Far from the server's limit on requests. */
const REQUEST_PAUSE_MS = 50;
const VERDICT_PAUSE_MS = 300;
const RESET_SIEGE_SECONDS = 6;
const PAGE = '/ko/chapter-14/14-1/';
const LABS = '/api/lab-sessions';
const NO_INSTRUCTOR = 'the product has no page for instructors yet';

/** A learner's lab, and the lab of somebody who attacks every limit at once: quiet and attacked, round by round. */
export async function measureIsolation(context: SuiteContext): Promise<void> {
  const { engine, engineUrl, environment, signal, progress, sheet, runs } = context;
  for (const side of ['ours', 'baseline'] as const) sheet.fail('instructor-page', side, NO_INSTRUCTOR);
  progress('starting the server and two labs with the stack of 14.1');
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  const [attacker] = await extraLearners(
    { dataDir: server.dataDir, origin: server.learner.origin },
    1,
    signal,
  );
  if (attacker === undefined) throw new Error('no second learner');
  const victim = { learner: server.learner, lab: await startToPrompt(server.learner, signal) };
  await using _terminal = victim.lab.terminal;
  let attacked = { learner: attacker, lab: await startToPrompt(attacker, signal) };
  const containerOf = async ({ lab }: { lab: OpenedLab }): Promise<string> =>
    (await server.environmentOf(lab.terminal.terminalId)).nodes[0]?.containerId ?? '';
  for (const one of [victim, attacked]) await deployStack(await containerOf(one), engineUrl, signal);
  const besieged = async (): Promise<Besieged> => {
    const container = engine.getContainer(await containerOf(attacked));
    await attacked.lab.terminal[Symbol.asyncDispose]();
    const made = { container, learner: attacked.learner, sessionId: attacked.lab.session.id };
    await prepareSiege(made);
    return made;
  };
  const target = await besieged();
  await using swarm = await ChangingSwarm.of(server, victim);
  await neighbourTimes(victim, swarm, WARM_UP_MS, signal);

  for (const { round, arm } of interleave(runs, ['quiet', 'attacked'] as const)) {
    progress(`round ${round} of ${runs}, ${arm}`);
    await delay(SETTLE_MS, undefined, { signal });
    if (arm === 'quiet') {
      note(context, arm, await neighbourTimes(victim, swarm, BLOCK_MS, signal));
      continue;
    }
    await using siege = await Siege.begin(target, BLOCK_MS / 1000, signal);
    note(context, arm, await neighbourTimes(victim, swarm, BLOCK_MS, signal));
    progress(`  the attackers: ${(await siege.ended(signal)).join('; ')}`);
    await whenBack(target, signal);
  }

  await using siege = await Siege.begin(target, RESET_SIEGE_SECONDS, signal);
  for (const arm of ['attacked', 'quiet'] as const) {
    try {
      attacked = { learner: attacker, lab: await resetToPrompt(attacker, attacked.lab.session, signal) };
      await attacked.lab.terminal[Symbol.asyncDispose]();
      sheet.sample('attacker-reset-to-prompt', sideOf(arm), attacked.lab.ms);
      progress(`reset of the attacker's lab, ${arm}: ${Math.round(attacked.lab.ms)} ms`);
    } catch (failure) {
      signal.throwIfAborted();
      sheet.fail('attacker-reset-to-prompt', sideOf(arm), String(failure));
    }
    await siege[Symbol.asyncDispose]();
    await delay(SETTLE_MS, undefined, { signal });
  }
}

const sideOf = (arm: Arm) => (arm === 'attacked' ? 'ours' : 'baseline');

type Times = Readonly<Record<'echo' | 'page' | 'api' | 'change-to-verdict', Repeated>>;

/** What a learner notices, all at the same time, as a page does it. */
async function neighbourTimes(
  { learner, lab }: { readonly learner: LearnerClient; readonly lab: OpenedLab },
  swarm: ChangingSwarm,
  durationMs: number,
  signal: AbortSignal,
): Promise<Times> {
  const { terminal } = lab;
  const type = async (index: number): Promise<number> => {
    if (index % KEYS_PER_LINE === 0) {
      terminal.type('\x15');
      await drain(terminal, 100);
    }
    return echoMs(terminal, KEYS[index % KEYS.length] ?? 'a', { deadlineMs: ECHO_DEADLINE_MS, signal });
  };
  const every = (pauseMs: number) => ({ durationMs, pauseMs, signal });
  const [echo, page, api, verdict] = await Promise.all([
    repeatFor(every(KEY_PAUSE_MS), type),
    repeatFor(every(REQUEST_PAUSE_MS), () => learner.answerMs(PAGE)),
    repeatFor(every(REQUEST_PAUSE_MS), () => learner.answerMs(LABS)),
    repeatFor(every(VERDICT_PAUSE_MS), () => swarm.changeToVerdictMs(signal)),
  ]);
  return { echo, page, api, 'change-to-verdict': verdict };
}

function note({ sheet, progress }: SuiteContext, arm: Arm, times: Times): void {
  for (const [what, { times: all, failures }] of Object.entries(times)) {
    const name = `neighbour-${what}`;
    for (const ms of all) sheet.sample(name, sideOf(arm), ms);
    for (const reason of failures) sheet.fail(name, sideOf(arm), reason);
    if (all.length === 0) continue;
    if (what !== 'change-to-verdict') sheet.sample(`${name}-p99`, sideOf(arm), percentile(all, 99));
    const [p50, p99] = [50, 99].map((percent) => percentile(all, percent).toFixed(1));
    progress(`  ${what}: p50 ${p50} ms, p99 ${p99} ms of ${all.length}, ${failures.length} failed`);
  }
}
