import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HandMadeNode } from '../baselines/hand-made-node.ts';
import { NodeChild } from '../harness/child-process.ts';
import { containerMemoryMiB } from '../measure/container-memory.ts';
import { rssMiB, treeRssMiB } from '../measure/process-memory.ts';
import { deployStack } from '../product/deploy-stack.ts';
import { BENCH_LAB, startToPrompt } from '../product/lab-run.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';

const EMPTY_SERVER = fileURLToPath(import.meta.resolve('../baselines/empty-server.mjs'));
/** Long enough for start-up work to end and short enough for a bench. */
const SETTLE_MS = 5000;

/** Memory of one lab, untouched and with the stack of 14.1, and of the server around it. */
export async function measureLabMemory(context: SuiteContext): Promise<void> {
  const { progress, signal, runs } = context;
  const rounds = Math.max(1, Math.round(runs / 3));
  for (let round = 1; round <= rounds; round += 1) {
    progress(`memory ${round} of ${rounds}: a lab and a hand-made node, side by side`);
    await Promise.all([
      attempt(
        context,
        'ours',
        ['server-rss-idle', 'lab-memory-idle', 'lab-memory-stack', 'server-rss-lab'],
        productMemory,
      ),
      attempt(context, 'baseline', ['lab-memory-idle', 'lab-memory-stack'], handMadeMemory),
      attempt(context, 'baseline', ['server-rss-idle', 'server-rss-lab'], emptyServerMemory),
    ]);
    signal.throwIfAborted();
  }
}

type Sample = (name: string, value: number) => void;

/** What a failing measurement did not reach is missing with its reason; what it had measured stays. */
async function attempt(
  context: SuiteContext,
  side: 'ours' | 'baseline',
  names: readonly string[],
  measure: (context: SuiteContext, sample: Sample) => Promise<void>,
): Promise<void> {
  const measured = new Set<string>();
  try {
    await measure(context, (name, value) => {
      context.sheet.sample(name, side, value);
      measured.add(name);
      context.progress(`  ${name} (${side}): ${value.toFixed(1)} MiB`);
    });
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    for (const name of names) if (!measured.has(name)) context.sheet.fail(name, side, reason);
  }
}

async function productMemory(context: SuiteContext, sample: Sample): Promise<void> {
  const { engine, engineUrl, environment, signal } = context;
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  await delay(SETTLE_MS, undefined, { signal });
  sample('server-rss-idle', await treeRssMiB(server.pid));
  await using lab = (await startToPrompt(server.learner, signal)).terminal;
  const { nodes } = await server.environmentOf(lab.terminalId);
  const containerId = nodes[0]?.containerId ?? '';
  await delay(SETTLE_MS, undefined, { signal });
  sample('lab-memory-idle', await containerMemoryMiB(engine, containerId));
  await deployStack(containerId, engineUrl, signal);
  await delay(SETTLE_MS, undefined, { signal });
  sample('lab-memory-stack', await containerMemoryMiB(engine, containerId));
  sample('server-rss-lab', await treeRssMiB(server.pid));
}

async function handMadeMemory(context: SuiteContext, sample: Sample): Promise<void> {
  const { engine, engineUrl, signal } = context;
  await using node = await HandMadeNode.prepare({ ...context, lab: BENCH_LAB });
  await node.runToPrompt();
  await delay(SETTLE_MS, undefined, { signal });
  sample('lab-memory-idle', await containerMemoryMiB(engine, node.containerName));
  await node.fillHome();
  await deployStack(node.containerName, engineUrl, signal);
  await delay(SETTLE_MS, undefined, { signal });
  sample('lab-memory-stack', await containerMemoryMiB(engine, node.containerName));
}

async function emptyServerMemory({ signal }: SuiteContext, sample: Sample): Promise<void> {
  await using child = new NodeChild({ name: 'the empty server', script: EMPTY_SERVER, stopMs: 3000 });
  await child.printed(/listening/, { what: 'the empty server', deadlineMs: 15_000, signal });
  await delay(SETTLE_MS, undefined, { signal });
  const rss = await rssMiB(child.pid);
  sample('server-rss-idle', rss);
  sample('server-rss-lab', rss);
}
