import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { LabDefinition } from '#contract/definitions.ts';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import { readConfig } from '../config.ts';
import type { LabEnvironment } from '../ports.ts';
import { randomId } from '../random-id.ts';
import { DockerLabHost } from './lab-host.ts';
import { DockerLabShell } from './lab-shell.ts';
import { SwarmObserver } from './swarm-observer.ts';

const { engineUrl, nodeImage } = readConfig();
/** Set-up names the image that it has built; without it there is no engine to count on. */
const isSetUp = !nodeImage.endsWith(':dev');
const filesFolder = join(import.meta.dirname, '../../labs/numbers/files');
const seccompFile = join(import.meta.dirname, '../../labs/images/node/seccomp.json');

let dataDir: string;
let host: DockerLabHost;
let observer: SwarmObserver;
let environment: LabEnvironment | null = null;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rl-'));
  const owner = `real-test-${randomId(8)}`;
  host = new DockerLabHost({ engineUrl, nodeImage, dataDir, seccompFile, owner, lifetimeMs: 600_000 });
  observer = new SwarmObserver();
});

afterEach(async () => {
  if (environment !== null) await host.remove(environment.id, soon());
  environment = null;
}, 40_000);

afterAll(async () => {
  observer.close();
  await rm(dataDir, { recursive: true });
});

const soon = (): AbortSignal => AbortSignal.timeout(60_000);

async function start(nodes: number, swarm: LabDefinition['swarm']): Promise<LabEnvironment> {
  const definition = LabDefinition.parse({
    format: 1,
    id: 'several-nodes',
    title: { ko: '여러 노드', en: 'Several nodes' },
    nodes: Array.from({ length: nodes }, (_, index) => ({ name: `node${index + 1}` })),
    swarm,
    files: 'files',
    limits: { memoryMiB: 512, cpus: 2, pids: 2000, diskMiB: 1024 },
    exercises: ['14.5-quorum'],
  });
  environment = await host.create({ id: randomId(10), definition, filesFolder }, soon());
  return environment;
}

async function type(lab: LabEnvironment, script: string): Promise<string> {
  const [node] = lab.nodes;
  if (node === undefined) throw new Error('no node');
  const shell = new DockerLabShell({ engineUrl });
  return (await shell.run(node, { script, maxOutputBytes: 100_000 }, soon())).output;
}

/** @returns the first look that shows it */
async function until(lab: LabEnvironment, shows: (snapshot: LabSnapshot) => boolean): Promise<LabSnapshot> {
  const limit = soon();
  for (;;) {
    const snapshot = await observer.snapshot(lab.nodes, AbortSignal.timeout(4_000));
    if (shows(snapshot)) return snapshot;
    if (limit.aborted) throw new Error(`not within the time: ${JSON.stringify(snapshot.labNodes)}`);
    await sleep(250);
  }
}

const runningIds = ({ swarms }: LabSnapshot): string[] =>
  (swarms[0]?.tasks ?? [])
    .filter((task) => task.state === 'running' && task.desiredState === 'running')
    .map(({ id }) => id)
    .sort();

describe.runIf(isSetUp)('labs of several nodes on a real engine', { timeout: 180_000 }, () => {
  test('three managers: ssh, a pause that keeps all tasks, quorum lost and found', async () => {
    const managers = ['node1', 'node2', 'node3'];
    const lab = await start(3, { managers, workers: [] });
    const formed = await until(lab, ({ swarms }) => swarms[0]?.nodes.length === 3);
    expect(formed.swarms[0]?.nodes.map(({ hostname }) => hostname).sort()).toEqual(managers);

    expect(await type(lab, 'ssh node2 "id -un; hostname; docker node ls -q | wc -l"')).toMatch(
      /learner\s+node2\s+3\s/,
    );

    await type(lab, 'docker service create -d --replicas 6 --no-resolve-image --name api numbers-api:v1');
    const before = runningIds(await until(lab, (snapshot) => runningIds(snapshot).length === 6));
    await host.pause(lab, soon());
    await sleep(20_000); // longer than a leader waits for a node's heartbeat
    await host.resume(lab, soon());
    await sleep(2_000);
    expect(runningIds(await until(lab, ({ swarms }) => swarms.length === 1))).toEqual(before);
    expect(await type(lab, 'docker info -f "{{.Swarm.Cluster.Spec.Dispatcher.HeartbeatPeriod}}"')).toMatch(
      /^5s/,
    );

    await Promise.all([host.cutPower(lab, 'node2', soon()), host.cutPower(lab, 'node3', soon())]);
    await host.cutPower(lab, 'node3', soon());
    expect(await host.list(soon())).toMatchObject([{ state: 'stopped', stoppedNodes: ['node2', 'node3'] }]);
    const lost = await until(lab, ({ labNodes }) => labNodes[0]?.controlError !== null);
    expect(lost).toMatchObject({ swarms: [], labNodes: [{ answers: true, containers: [{}, {}] }, {}, {}] });

    await host.restorePower(lab, 'node2', soon());
    await until(lab, (snapshot) => {
      const ready = snapshot.swarms[0]?.nodes.filter(({ state }) => state === 'ready') ?? [];
      return ready.length >= 2 && runningIds(snapshot).length === 6;
    });
    await host.restart(lab, [], soon());
    expect(await host.list(soon())).toMatchObject([{ state: 'running', stoppedNodes: [] }]);
  });

  test('independent swarms side by side, and a node that is in none', async () => {
    const lab = await start(3, [
      { managers: ['node1'], workers: [] },
      { managers: ['node2'], workers: [] },
    ]);
    const { swarms, labNodes } = await observer.snapshot(lab.nodes, soon());
    expect(swarms.map(({ askedNode, nodes }) => [askedNode, nodes.length])).toEqual([
      ['node1', 1],
      ['node2', 1],
    ]);
    expect(labNodes[2]).toMatchObject({ answers: true, swarmState: 'inactive' });
  });

  test('a start that fails leaves nothing', async () => {
    await expect(start(2, { managers: ['node1'], workers: ['node2', 'node3'] })).rejects.toMatchObject({
      code: 'LAB_START_FAILED',
    });
    expect(await host.list(soon())).toEqual([]);
  });
});
