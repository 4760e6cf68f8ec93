import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LabDefinition } from '#contract/definitions.ts';
import { readLabDefinitions } from '../../server/catalog/lab-definitions.ts';
import { findEnvironments, removeEverything } from '../../server/docker/found-environments.ts';
import { DockerLabHost } from '../../server/docker/lab-host.ts';
import { randomId } from '../../server/random-id.ts';
import { HandMadeSetup } from '../baselines/hand-made-setup.ts';
import { runArms } from '../harness/run-arms.ts';
import type { SuiteContext } from './suite.ts';

const SWARM_SIZES = [3, 5] as const;
const ROOT = resolve(import.meta.dirname, '../..');
const LIFETIME_MS = 15 * 60_000;
const START_DEADLINE_MS = 90_000;
const REMOVE_DEADLINE_MS = 60_000;

/** Several nodes in one swarm, cold: by the product's own code without the server around it, and by hand. */
export async function measureSwarms(context: SuiteContext): Promise<void> {
  const { engine, engineUrl, nodeImage, signal, progress, sheet, runs } = context;
  const dataDir = await mkdtemp(join(tmpdir(), 'rl-bench-'));
  const owner = `bench-${randomId(8)}`;
  const seccompFile = join(ROOT, 'labs/images/node/seccomp.json');
  const host = new DockerLabHost({
    ...{ engineUrl, nodeImage, dataDir, seccompFile, owner },
    lifetimeMs: LIFETIME_MS,
    allowsUnfiltered: true,
  });
  try {
    const cluster = (await readLabDefinitions(join(ROOT, 'labs'))).get('cluster');
    if (cluster === undefined) throw new Error('there is no lab cluster');
    const arms = Object.fromEntries(
      SWARM_SIZES.flatMap((size) => [
        [
          `swarm of ${size}`,
          {
            measure: () =>
              timeSwarm(context, host, { ...cluster, definition: sized(cluster.definition, size) }),
            onFailure: (reason: string) => sheet.fail(`swarm-of-${size}-ready-cold`, 'ours', reason),
          },
        ],
        [
          `${size} by hand`,
          {
            measure: () => timeByHand(context, size),
            onFailure: (reason: string) => sheet.fail(`swarm-of-${size}-ready-cold`, 'baseline', reason),
          },
        ],
      ]),
    );
    await runArms(arms, { rounds: Math.max(1, Math.round(runs / 2)), progress, signal });
  } finally {
    const until = AbortSignal.timeout(REMOVE_DEADLINE_MS);
    const left = await findEnvironments(engine, owner);
    await Promise.all(left.map(({ id }) => removeEverything(engine, id, until)));
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The first so many nodes; as by hand, half of them, rounded up, are managers. */
function sized(definition: LabDefinition, size: number): LabDefinition {
  const nodes = definition.nodes.slice(0, size);
  const names = nodes.map(({ name }) => name);
  const managers = names.slice(0, Math.ceil(size / 2));
  return { ...definition, nodes, swarm: { managers, workers: names.slice(managers.length) } };
}

type Lab = Parameters<DockerLabHost['create']>[0];

async function timeSwarm(
  { sheet, signal }: SuiteContext,
  host: DockerLabHost,
  lab: Omit<Lab, 'id'>,
): Promise<string> {
  const id = randomId(10);
  const until = AbortSignal.any([signal, AbortSignal.timeout(START_DEADLINE_MS)]);
  const beganAtMs = performance.now();
  await host.create({ ...lab, id }, until);
  const ms = performance.now() - beganAtMs;
  sheet.sample(`swarm-of-${lab.definition.nodes.length}-ready-cold`, 'ours', ms);
  await host.remove(id, AbortSignal.timeout(REMOVE_DEADLINE_MS));
  return `${Math.round(ms)} ms`;
}

async function timeByHand({ sheet, ...context }: SuiteContext, nodes: number): Promise<string> {
  await using setup = await HandMadeSetup.prepare({ ...context, nodes });
  const beganAtMs = performance.now();
  await setup.build();
  const ms = performance.now() - beganAtMs;
  sheet.sample(`swarm-of-${nodes}-ready-cold`, 'baseline', ms);
  return `${Math.round(ms)} ms`;
}
