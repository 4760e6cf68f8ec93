import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { shareRootOf } from '../../server/docker/share-root.ts';
import { HandMadeNode } from '../baselines/hand-made-node.ts';
import { HandMadeSetup } from '../baselines/hand-made-setup.ts';
import { runArms } from '../harness/run-arms.ts';
import { closeLeftLabs, expectOrigin, type LabOrigin, quietLabs } from '../product/lab-origin.ts';
import { BENCH_LAB, startToPrompt } from '../product/lab-run.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';

/** After the last thing that moved in the engine, before the next clock starts. */
const SETTLE_MS = 300;

/** What a cold start is made of: steps of the server, and below `booting` those of the node's init. */
export const COLD_PARTS = ['creating', 'booting', 'terminal'] as const;
export const BOOT_PARTS = ['namespaces', 'containerd', 'engine', 'images'] as const;

/** Click → prompt with and without a warm lab, beside a node made by hand of our image, and a set-up without us. */
export async function measureTimings(context: SuiteContext): Promise<void> {
  const { engine, environment, signal, progress, sheet, runs } = context;
  progress('starting two servers, one with a warm lab');
  const start = (warmLabs: number) => ProductServer.start({ engine, environment, warmLabs, signal });
  await using warm = await start(1);
  await using cold = await start(0);
  const fails = (names: readonly string[], side: 'ours' | 'baseline') => (reason: string) => {
    for (const name of names) sheet.fail(name, side, reason);
  };
  const colds = ['click-to-prompt-cold', 'click-to-prompt-cold-over-setup'];
  const arms = {
    warm: {
      measure: () => timeProduct(context, warm, 'warm'),
      onFailure: fails(['click-to-prompt-warm'], 'ours'),
    },
    cold: { measure: () => timeProduct(context, cold, 'cold'), onFailure: fails(colds, 'ours') },
    'docker run': {
      measure: () => timeHandMade(context),
      onFailure: fails(['click-to-prompt-warm', 'click-to-prompt-cold'], 'baseline'),
    },
    'set-up by hand': {
      measure: () => timeSetup(context),
      onFailure: fails(['click-to-prompt-cold-over-setup'], 'baseline'),
    },
  };
  await runArms(arms, { rounds: runs, progress, signal });
}

async function timeProduct(
  { sheet, signal }: SuiteContext,
  server: ProductServer,
  kind: LabOrigin,
): Promise<string> {
  const { learner } = server;
  // A run that failed may have left its lab: the pool alone must be there.
  await closeLeftLabs(server);
  const before = await quietLabs(server, kind === 'warm' ? 1 : 0);
  await delay(SETTLE_MS);
  const started = await startToPrompt(learner, signal);
  await expectOrigin(server, started, before, kind);
  const { id } = await server.environmentOf(started.terminal.terminalId);
  sheet.sample(`click-to-prompt-${kind}`, 'ours', started.ms);
  if (kind === 'cold') {
    sheet.sample('click-to-prompt-cold-over-setup', 'ours', started.ms);
    for (const part of COLD_PARTS) sheet.sample(`cold-${part}`, 'ours', started.parts.get(part) ?? 0);
    const boot = await bootParts(server, id);
    for (const part of BOOT_PARTS) sheet.sample(`cold-boot-${part}`, 'ours', boot[part]);
  }
  await started.terminal[Symbol.asyncDispose]();
  await learner.closeLab(started.session.id);
  return `${Math.round(started.ms)} ms`;
}

/** From the ready mark of the node's init. Milliseconds, each after the one before. */
async function bootParts(
  server: ProductServer,
  environment: string,
): Promise<Record<(typeof BOOT_PARTS)[number], number>> {
  const mark = await readFile(join(shareRootOf(server.dataDir), environment, 'node1', 'ready'), 'utf8');
  const { ms } = JSON.parse(mark) as { readonly ms: Record<(typeof BOOT_PARTS)[number], number> };
  const { namespaces, containerd, engine, images } = ms;
  return {
    namespaces,
    containerd: containerd - namespaces,
    engine: engine - containerd,
    images: images - engine,
  };
}

async function timeHandMade({ sheet, ...context }: SuiteContext): Promise<string> {
  await using node = await HandMadeNode.prepare({ ...context, lab: BENCH_LAB });
  await delay(SETTLE_MS);
  const startedAtMs = performance.now();
  const ms = (await node.runToPrompt()) - startedAtMs;
  for (const kind of ['warm', 'cold']) sheet.sample(`click-to-prompt-${kind}`, 'baseline', ms);
  return `${Math.round(ms)} ms`;
}

async function timeSetup({ sheet, ...context }: SuiteContext): Promise<string> {
  await using setup = await HandMadeSetup.prepare({ ...context, nodes: 1 });
  await delay(SETTLE_MS);
  const startedAtMs = performance.now();
  await setup.build();
  const ms = (await setup.prompt()) - startedAtMs;
  sheet.sample('click-to-prompt-cold-over-setup', 'baseline', ms);
  return `${Math.round(ms)} ms`;
}
