import { LabClass, type SeatedLearner } from '../product/lab-class.ts';
import { ProductServer } from '../product/product-server.ts';
import { openProductTerminal } from '../product/product-terminal.ts';
import { drain, echoMs, promptSeen } from '../terminal-talk.ts';
import { ChangingSwarm } from './changing-swarm.ts';
import type { SuiteContext } from './suite.ts';

/** Labs on the machine; those above `--labs` are left out. */
export const COUNTS = [1, 2, 5, 10, 20, 40] as const;
const SETTLE_MS = 4_000;
const PROMPT_DEADLINE_MS = 60_000;
const ECHO_DEADLINE_MS = 10_000;
const KEYS_PER_RUN = 20;
const KEYS = 'abdefgijlnop';

/** Grows one class and measures at each count: another start, a new terminal, keys, and a change's verdict. */
export async function measureScaling(context: SuiteContext): Promise<void> {
  const { engine, environment, signal, progress, sheet, labs, runs } = context;
  const counts = COUNTS.filter((count) => count <= labs);
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  const group = await LabClass.of(context, server, Math.max(...counts) + 1);
  for (const count of COUNTS) {
    if (!counts.includes(count)) {
      for (const what of ['start', 'exec', 'echo', 'check'])
        sheet.fail(`${what}-at-${count}`, 'ours', `--labs ${labs} goes less far`);
      continue;
    }
    await group.growTo(count);
    await group.rest(SETTLE_MS);
    const [seat] = group.seats;
    if (seat === undefined) throw new Error('the class is empty');
    await using swarm = await ChangingSwarm.of(server, seat);
    for (let run = 1; run <= runs; run += 1) {
      sheet.sample(`start-at-${count}`, 'ours', await startMs(group));
      sheet.sample(`exec-at-${count}`, 'ours', await terminalMs(seat, signal));
      for (const ms of await echoes(seat, signal)) sheet.sample(`echo-at-${count}`, 'ours', ms);
      sheet.sample(`check-at-${count}`, 'ours', await swarm.changeToVerdictMs(signal));
    }
    progress(`${count} labs: measured ${runs} times`);
  }
}

/** One more lab, to its prompt; then it goes. */
async function startMs(group: LabClass): Promise<number> {
  const { lab } = await group.growByFresh();
  await group.closeLast();
  return lab.ms;
}

/** A new terminal in a lab that runs, to its prompt. */
async function terminalMs({ learner, lab }: SeatedLearner, signal: AbortSignal): Promise<number> {
  const beganAtMs = performance.now();
  await using terminal = await openProductTerminal(learner, lab.session.id, signal);
  return (await promptSeen(terminal, { deadlineMs: PROMPT_DEADLINE_MS, signal })) - beganAtMs;
}

async function echoes({ lab }: SeatedLearner, signal: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  for (let key = 0; key < KEYS_PER_RUN; key += 1)
    times.push(
      await echoMs(lab.terminal, KEYS[key % KEYS.length] ?? 'a', { deadlineMs: ECHO_DEADLINE_MS, signal }),
    );
  lab.terminal.type('\x15');
  await drain(lab.terminal, 100);
  return times;
}
