import { setTimeout as delay } from 'node:timers/promises';
import { ADMISSION } from '../../server/domain/admission.ts';
import { HandMadeNode } from '../baselines/hand-made-node.ts';
import { poll } from '../harness/wait.ts';
import { containerCpuMs } from '../measure/container-cpu.ts';
import { containerMemoryMiB } from '../measure/container-memory.ts';
import { shimsMiB } from '../measure/host-memory.ts';
import { treeMemory } from '../measure/process-memory.ts';
import { deployStack } from '../product/deploy-stack.ts';
import { LabClass } from '../product/lab-class.ts';
import { BENCH_LAB } from '../product/lab-run.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';

const SETTLE_MS = 10_000;
const WATCHED_MS = 10_000;
const PAUSED_WITHIN_MS = 120_000;
const MIB_OF_24_GIB = 24 * 1024;
const RESERVE_MIB = ADMISSION.memoryReserveBytes / 1024 / 1024;
const CORE_MS_PER_S = 1_000;
/** The least that the server's settings take. */
const PAUSE_SETTINGS = { ROLLOUT_LAB_IDLE_PAUSE_MINUTES: '0.05' };

/** Half of the labs with the stack of 14.1, one untouched; then all of them paused because nobody looks. */
export async function measureDensity(context: SuiteContext): Promise<void> {
  const { engine, signal, progress, sheet, labs } = context;
  const environment = { ...context.environment, ...PAUSE_SETTINGS };
  await using server = await ProductServer.start({ engine, environment, warmLabs: 0, signal });
  await delay(SETTLE_MS / 2, undefined, { signal });
  const serverBeforeMiB = (await treeMemory(server.pid)).pssMiB;
  const size = Math.max(1, labs - 1);
  const group = await LabClass.of(context, server, size + 1);
  progress(`starting ${size} labs with the stack of 14.1 in each`);
  await group.growTo(size);
  const stacks = group.seats.map(({ container }) => container);
  const idle = (await group.growByFresh()).container;
  await group.rest(SETTLE_MS);

  const inContainer = await memoryOf(context, stacks);
  const aroundMiB =
    ((await treeMemory(server.pid)).pssMiB - serverBeforeMiB) / (size + 1) +
    (await shimsMiB(await pidsOf(context, stacks))) / size;
  const marginal = inContainer.map((mib) => mib + aroundMiB);
  for (const mib of inContainer) sheet.sample('lab-memory-in-container', 'ours', mib);
  for (const mib of marginal) sheet.sample('lab-memory-marginal', 'ours', mib);
  sheet.sample('lab-memory-around', 'ours', aroundMiB);
  sheet.sample('labs-in-24-gib-running', 'ours', labsFor(mean(marginal)));
  const cpu = await cpuOf(context, stacks);
  for (const ms of cpu) sheet.sample('lab-cpu-running', 'ours', ms);
  sheet.sample('labs-per-core-running', 'ours', Math.floor(CORE_MS_PER_S / mean(cpu)));
  progress(`a lab takes ${mean(marginal).toFixed(1)} MiB and ${mean(cpu).toFixed(1)} ms/s`);

  await group.leave();
  progress('nobody looks any more: waiting until all are paused');
  const wait = { what: 'all labs to be paused', deadlineMs: PAUSED_WITHIN_MS, signal, everyMs: 500 };
  await poll(wait, async () => (await server.environments()).every((one) => one.state === 'paused') || null);
  await group.rest(SETTLE_MS / 2);
  const paused = await memoryOf(context, stacks);
  for (const mib of paused) sheet.sample('lab-memory-paused', 'ours', mib);
  for (const mib of await memoryOf(context, [idle])) sheet.sample('idle-lab-memory-paused', 'ours', mib);
  for (const ms of await cpuOf(context, stacks)) sheet.sample('lab-cpu-paused', 'ours', ms);
  sheet.sample('labs-in-24-gib-paused', 'ours', labsFor(mean(paused) + aroundMiB));
  await handMade(context);
}

/** So many labs of that memory, with what admission keeps for the rest of the machine. */
function labsFor(mibPerLab: number): number {
  return Math.floor((MIB_OF_24_GIB - RESERVE_MIB) / mibPerLab);
}

function memoryOf({ engine }: SuiteContext, containers: readonly string[]): Promise<number[]> {
  return Promise.all(containers.map((container) => containerMemoryMiB(engine, container)));
}

/** Milliseconds of CPU per second, of each. */
async function cpuOf({ engine, signal }: SuiteContext, containers: readonly string[]): Promise<number[]> {
  const all = () => Promise.all(containers.map((container) => containerCpuMs(engine, container)));
  const [beganAtMs, before] = [performance.now(), await all()];
  await delay(WATCHED_MS, undefined, { signal });
  const after = await all();
  const seconds = (performance.now() - beganAtMs) / 1_000;
  return after.map((ms, index) => (ms - (before[index] ?? 0)) / seconds);
}

async function pidsOf({ engine }: SuiteContext, containers: readonly string[]): Promise<number[]> {
  const told = await Promise.all(containers.map((container) => engine.getContainer(container).inspect()));
  return told.map(({ State }) => State.Pid);
}

/** The same image, stack and shim, without a server. */
async function handMade(context: SuiteContext): Promise<void> {
  const { engineUrl, signal, sheet, progress } = context;
  progress('a hand-made node with the same stack');
  await using node = await HandMadeNode.prepare({ ...context, lab: BENCH_LAB });
  await node.runToReady();
  await node.fillHome();
  await deployStack(node.containerName, engineUrl, signal);
  await delay(SETTLE_MS, undefined, { signal });
  const [mib = 0] = await memoryOf(context, [node.containerName]);
  const shimMiB = await shimsMiB(await pidsOf(context, [node.containerName]));
  sheet.sample('lab-memory-marginal', 'baseline', mib + shimMiB);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
