import { setTimeout as delay } from 'node:timers/promises';
import { LabClass } from '../product/lab-class.ts';
import { type OpenedLab, startToPrompt } from '../product/lab-run.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';

/** Warm labs before the class comes. */
export const BURST_POOLS = ['none', 'one', 'half'] as const;
const ARRIVE_WITHIN_MS = 10_000;

/** The same random arrivals for every pool; each learner comes when the one before may still be waiting. */
export async function measureBursts(context: SuiteContext): Promise<void> {
  const { labs, runs, progress } = context;
  const rounds = Math.max(1, Math.floor(runs / 6));
  for (let round = 1; round <= rounds; round += 1) {
    const arrivals = Array.from({ length: labs }, () => Math.random() * ARRIVE_WITHIN_MS).sort(
      (a, b) => a - b,
    );
    for (const pool of BURST_POOLS) {
      progress(`round ${round} of ${rounds}: ${labs} learners within ten seconds, ${pool} warm`);
      await oneBurst(context, pool, arrivals);
    }
  }
}

async function oneBurst(
  context: SuiteContext,
  pool: (typeof BURST_POOLS)[number],
  arrivals: readonly number[],
): Promise<void> {
  const { engine, environment, signal, sheet, progress } = context;
  const warmLabs = { none: 0, one: 1, half: Math.ceil(arrivals.length / 2) }[pool];
  await using server = await ProductServer.start({ engine, environment, warmLabs, signal });
  await server.whenQuiet(warmLabs);
  const group = await LabClass.of(context, server, arrivals.length + 1);
  const alone = await group.growByFresh();
  sheet.sample(`pool-of-${pool}-click-to-prompt`, 'baseline', alone.lab.ms);
  await group.closeLast();
  await server.whenQuiet(warmLabs);
  const learners = group.leaveOut(arrivals.length);
  const beganAtMs = performance.now();
  const served = await Promise.all(
    arrivals.map(async (afterMs, index) => {
      await delay(afterMs, undefined, { signal });
      const learner = learners[index];
      if (learner === undefined) throw new Error('a learner is missing');
      return startToPrompt(learner, signal);
    }),
  );
  sheet.sample(`pool-of-${pool}-all-at-work`, 'ours', performance.now() - beganAtMs);
  for (const { ms } of served) sheet.sample(`pool-of-${pool}-click-to-prompt`, 'ours', ms);
  sheet.sample(`pool-of-${pool}-overtaken`, 'ours', overtaken(served));
  progress(`  prompts after ${served.map(({ ms }) => Math.round(ms)).join(', ')} ms`);
}

/** Learners who came earlier than another and were given their lab later, by the server's clock. */
function overtaken(served: readonly OpenedLab[]): number {
  const given = served.map(({ givenAtMs }) => givenAtMs);
  return given.filter((atMs, index) => given.slice(index + 1).some((later) => later < atMs)).length;
}
