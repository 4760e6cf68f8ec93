import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LabDefinition } from '#contract/definitions.ts';
import { readConfig } from '../../config.ts';
import { UnroutedNotices } from '../../domain/unrouted-notices.ts';
import { randomId } from '../../random-id.ts';
import { connectEngine } from '../engine.ts';
import { DockerLabHost } from '../lab-host.ts';
import { DockerLabShell } from '../lab-shell.ts';
import { SwarmObserver } from '../swarm-observer.ts';

const { engineUrl, nodeImage } = readConfig();
/** Set-up names the image that it has built; without it there is no engine to count on. */
const isSetUp = !nodeImage.endsWith(':dev');
const rootDir = join(import.meta.dirname, '../../..');
const soon = (): AbortSignal => AbortSignal.timeout(60_000);

describe.skipIf(!isSetUp)('the wall on this engine', () => {
  const owner = `real-test-${randomId(8)}`;
  let dataDir: string;
  let host: DockerLabHost;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rl-'));
    const seccompFile = join(rootDir, 'labs/images/node/seccomp.json');
    host = new DockerLabHost({ engineUrl, nodeImage, dataDir, seccompFile, owner, lifetimeMs: 600_000 });
  });
  afterAll(() => rm(dataDir, { recursive: true }));

  test('what every node needs is found to hold, and nothing of the look is left', async () => {
    const { parts, versions } = await host.wall(soon());
    const states = Object.fromEntries(parts.map(({ part, state }) => [part, state]));
    expect(states).toMatchObject({
      'user-namespace': 'holds',
      overlay: 'holds',
      seccomp: 'holds',
      'no-new-privileges': 'holds',
      'network-filter': 'holds',
      versions: 'holds',
    });
    expect(versions).toHaveProperty('crun');
    const label = [`rollout-lab.owner=${owner}-probe`];
    const left = await connectEngine(engineUrl).listContainers({ all: true, filters: { label } });
    expect(left).toEqual([]);
  }, 90_000);

  test('a service behind ingress is told of once; the way out is not told of', async () => {
    const definition = LabDefinition.parse({
      format: 1,
      id: 'ingress',
      title: { ko: '인그레스', en: 'Ingress' },
      nodes: [{ name: 'node1' }],
      swarm: { managers: ['node1'], workers: [] },
      files: 'files',
      limits: { memoryMiB: 512, cpus: 2, pids: 2000, diskMiB: 512 },
      exercises: ['14.1-deploy'],
    });
    const filesFolder = join(rootDir, 'labs/numbers/files');
    const { id, nodes } = await host.create({ id: randomId(10), definition, filesFolder }, soon());
    const observer = new SwarmObserver();
    try {
      const create = 'docker service create --detach --no-resolve-image';
      const script = [
        `${create} --name mesh --publish 8080:80 numbers-web:v1`,
        `${create} --name plain --publish mode=host,target=80,published=81 numbers-web:v1`,
      ].join(' && ');
      const [node] = nodes;
      if (node === undefined) throw new Error('the lab has no node');
      const { exitCode } = await new DockerLabShell({ engineUrl }).run(
        node,
        { script, maxOutputBytes: 4096 },
        soon(),
      );
      expect(exitCode).toBe(0);
      const notices = new UnroutedNotices();
      const told = notices.next(await observer.snapshot(nodes, soon()));
      expect(told).toHaveLength(1);
      expect(told[0]?.ko).toContain('`mesh` 서비스는');
      expect(notices.next(await observer.snapshot(nodes, soon()))).toEqual([]);
    } finally {
      observer.close();
      await host.remove(id, soon());
    }
  }, 120_000);
});
