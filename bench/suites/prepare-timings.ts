import { docker } from '../harness/docker-program.ts';
import { runArms } from '../harness/run-arms.ts';
import { poll } from '../harness/wait.ts';
import { deployStack } from '../product/deploy-stack.ts';
import { closeLeftLabs, type LabOrigin, quietLabs } from '../product/lab-origin.ts';
import { startToPrompt } from '../product/lab-run.ts';
import { ProductServer } from '../product/product-server.ts';
import type { SuiteContext } from './suite.ts';

/** Begins with the stack of 14.1 up; a used lab has it, too. */
const EXERCISE = '14.1-health';
const LOOK_EVERY_MS = 100;
const GONE_DEADLINE_MS = 60_000;

/**
 * A used lab is brought to where an exercise begins: by a fresh lab and the course's scripts, and by hand, that is by
 * cleaning up in place and typing the same commands.
 */
export async function measurePreparation(context: SuiteContext): Promise<void> {
  const { engine, environment, signal, progress, sheet, runs } = context;
  progress('preparing an exercise: starting two servers, one with a warm lab');
  const start = (warmLabs: number) => ProductServer.start({ engine, environment, warmLabs, signal });
  await using warm = await start(1);
  await using cold = await start(0);
  const ours = (server: ProductServer, kind: LabOrigin) => ({
    measure: () => timePreparation(context, server, kind),
    onFailure: (reason: string) => sheet.fail(`prepare-exercise-${kind}`, 'ours', reason),
  });
  const inPlace = {
    measure: () => timeInPlace(context, cold),
    onFailure: (reason: string) => {
      for (const kind of ['warm', 'cold']) sheet.fail(`prepare-exercise-${kind}`, 'baseline', reason);
    },
  };
  const arms = {
    'prepare, warm': ours(warm, 'warm'),
    'prepare, cold': ours(cold, 'cold'),
    'in place': inPlace,
  };
  await runArms(arms, { rounds: Math.max(1, Math.round(runs / 2)), progress, signal });
}

async function timePreparation(
  context: SuiteContext,
  server: ProductServer,
  kind: LabOrigin,
): Promise<string> {
  const { session } = await usedLab(context, server, kind === 'warm' ? 1 : 0);
  const { learner } = server;
  const beganAtMs = performance.now();
  await learner.prepareLab(session.id, EXERCISE);
  await learner.whenReady(session.id, session.generation + 1);
  const ms = performance.now() - beganAtMs;
  await learner.closeLab(session.id);
  context.sheet.sample(`prepare-exercise-${kind}`, 'ours', ms);
  return `${Math.round(ms)} ms`;
}

async function timeInPlace(context: SuiteContext, server: ProductServer): Promise<string> {
  const { engineUrl, signal, sheet } = context;
  const { session, container } = await usedLab(context, server, 0);
  const shell = (input: string) =>
    docker(['exec', '-i', container, 'lab-enter', 'bash', '-ls'], {
      engineUrl,
      signal,
      input: Buffer.from(input),
    });
  const beganAtMs = performance.now();
  await shell('docker stack rm numbers');
  const wait = { what: 'the stack to be gone', deadlineMs: GONE_DEADLINE_MS, signal, everyMs: LOOK_EVERY_MS };
  await poll(wait, async () => {
    const left = await shell('docker ps -q; docker network ls -q --filter name=numbers');
    return left.trim() === '' || null;
  });
  await shell('docker swarm leave --force && docker container prune --force');
  await deployStack(container, engineUrl, signal, LOOK_EVERY_MS);
  const ms = performance.now() - beganAtMs;
  await server.learner.closeLab(session.id);
  for (const kind of ['warm', 'cold']) sheet.sample(`prepare-exercise-${kind}`, 'baseline', ms);
  return `${Math.round(ms)} ms`;
}

/** A lab in which the stack of 14.1 runs. */
async function usedLab({ engineUrl, signal }: SuiteContext, server: ProductServer, pool: number) {
  await closeLeftLabs(server);
  await quietLabs(server, pool);
  const { session, terminal } = await startToPrompt(server.learner, signal);
  const { nodes } = await server.environmentOf(terminal.terminalId);
  await terminal[Symbol.asyncDispose]();
  const container = nodes[0]?.containerId ?? '';
  await deployStack(container, engineUrl, signal);
  await quietLabs(server, pool + 1);
  return { session, container };
}
