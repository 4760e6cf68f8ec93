import { setTimeout as delay } from 'node:timers/promises';
import { poll } from '../harness/wait.ts';
import { treeCpuMs } from '../measure/process-cpu.ts';
import { deployStack } from '../product/deploy-stack.ts';
import { startToPrompt } from '../product/lab-run.ts';
import { ProductServer } from '../product/product-server.ts';
import { ChangingSwarm } from './changing-swarm.ts';
import type { SuiteContext } from './suite.ts';

const WATCHED_MS = 5_000;
const SETTLE_MS = 4_000;
/** Changes of the active lab's swarm. */
const CHANGE_EVERY_MS = 500;
const PAUSED_WITHIN_MS = 60_000;
/** The server pauses what nobody looks at after this; the least that its settings take. */
const PAUSE_SETTINGS = { ROLLOUT_LAB_IDLE_PAUSE_MINUTES: '0.05' };

/** CPU of the server's processes per second: with no lab, with one at rest, one that changes twice a second, one paused. */
export async function measureObserving(context: SuiteContext): Promise<void> {
  const { engine, engineUrl, signal, progress, sheet, runs } = context;
  const environment = { ...context.environment, ...PAUSE_SETTINGS };
  progress('what watching costs: starting a server');
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  await delay(SETTLE_MS, undefined, { signal });
  const none = await several(runs, () => cpuPerSecond(server.pid, signal));
  for (const name of ['idle', 'active', 'paused'])
    for (const cost of none) sheet.sample(`observe-${name}-server-cpu`, 'baseline', cost);
  const { learner } = server;
  const lab = await startToPrompt(learner, signal);
  const { nodes } = await server.environmentOf(lab.terminal.terminalId);
  await deployStack(nodes[0]?.containerId ?? '', engineUrl, signal);
  {
    await using swarm = await ChangingSwarm.of(server, { learner, lab });
    await delay(SETTLE_MS, undefined, { signal });
    for (const cost of await several(runs, () => cpuPerSecond(server.pid, signal)))
      sheet.sample('observe-idle-server-cpu', 'ours', cost);
    const over = new AbortController();
    const changing = change(swarm, over.signal, signal);
    for (const cost of await several(runs, () => cpuPerSecond(server.pid, signal)))
      sheet.sample('observe-active-server-cpu', 'ours', cost);
    over.abort();
    await changing;
  }
  progress('nobody looks any more: waiting until the lab is paused');
  await lab.terminal.leave();
  const wait = { what: 'the lab to be paused', deadlineMs: PAUSED_WITHIN_MS, signal, everyMs: 500 };
  await poll(wait, async () => (await server.environments()).every((one) => one.state === 'paused') || null);
  await delay(SETTLE_MS, undefined, { signal });
  for (const cost of await several(runs, () => cpuPerSecond(server.pid, signal)))
    sheet.sample('observe-paused-server-cpu', 'ours', cost);
}

async function cpuPerSecond(pid: number, signal: AbortSignal): Promise<number> {
  const [beganAtMs, before] = [performance.now(), await treeCpuMs(pid)];
  await delay(WATCHED_MS, undefined, { signal });
  return ((await treeCpuMs(pid)) - before) / ((performance.now() - beganAtMs) / 1_000);
}

async function several(runs: number, measure: () => Promise<number>): Promise<number[]> {
  const costs: number[] = [];
  for (let run = 0; run < Math.ceil(runs / 2); run += 1) costs.push(await measure());
  return costs;
}

async function change(swarm: ChangingSwarm, until: AbortSignal, signal: AbortSignal): Promise<void> {
  while (!until.aborted) {
    await swarm.change(signal);
    await delay(CHANGE_EVERY_MS, undefined, { signal });
  }
}
