import { setTimeout as delay } from 'node:timers/promises';
import { HandMadeNode } from '../baselines/hand-made-node.ts';
import { runArms } from '../harness/run-arms.ts';
import { closeLeftLabs, expectOrigin, type LabOrigin, quietLabs } from '../product/lab-origin.ts';
import { BENCH_LAB, resetToPrompt, startToPrompt } from '../product/lab-run.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';

/** After the last thing that moved in the engine, before the next clock starts. */
const SETTLE_MS = 300;

/** Reset → prompt, with and without a warm lab, beside removing a hand-made node and running another. */
export async function measureResets(context: SuiteContext): Promise<void> {
  const { engine, environment, signal, progress, sheet, runs } = context;
  progress('starting two servers, one with a warm lab');
  const start = (warmLabs: number) => ProductServer.start({ engine, environment, warmLabs, signal });
  await using warm = await start(1);
  await using cold = await start(0);
  const ours = (server: ProductServer, kind: LabOrigin) => ({
    measure: () => timeReset(context, server, kind),
    onFailure: (reason: string) => sheet.fail(`reset-to-prompt-${kind}`, 'ours', reason),
  });
  const byHand = {
    measure: () => timeByHand(context),
    onFailure: (reason: string) => {
      for (const kind of ['warm', 'cold']) sheet.fail(`reset-to-prompt-${kind}`, 'baseline', reason);
    },
  };
  const arms = { warm: ours(warm, 'warm'), cold: ours(cold, 'cold'), 'by hand': byHand };
  await runArms(arms, { rounds: runs, progress, signal });
}

async function timeReset(
  { sheet, signal }: SuiteContext,
  server: ProductServer,
  kind: LabOrigin,
): Promise<string> {
  const pool = kind === 'warm' ? 1 : 0;
  const { learner } = server;
  await closeLeftLabs(server);
  await quietLabs(server, pool);
  const started = await startToPrompt(learner, signal);
  await started.terminal[Symbol.asyncDispose]();
  const before = await quietLabs(server, pool + 1);
  await delay(SETTLE_MS);
  const fresh = await resetToPrompt(learner, started.session, signal);
  await expectOrigin(server, fresh, before, kind);
  await fresh.terminal[Symbol.asyncDispose]();
  await learner.closeLab(fresh.session.id);
  sheet.sample(`reset-to-prompt-${kind}`, 'ours', fresh.ms);
  return `${Math.round(fresh.ms)} ms`;
}

async function timeByHand({ sheet, ...context }: SuiteContext): Promise<string> {
  await using node = await HandMadeNode.prepare({ ...context, lab: BENCH_LAB });
  await node.runToPrompt();
  await delay(SETTLE_MS);
  const beganAtMs = performance.now();
  const ms = (await node.resetToPrompt()) - beganAtMs;
  for (const kind of ['warm', 'cold']) sheet.sample(`reset-to-prompt-${kind}`, 'baseline', ms);
  return `${Math.round(ms)} ms`;
}
