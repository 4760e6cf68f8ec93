import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { LabDefinition } from '#contract/definitions.ts';
import { readConfig } from '../../config.ts';
import type { LabEnvironment, LabNodeRef } from '../../ports.ts';
import { randomId } from '../../random-id.ts';
import { connectEngine } from '../engine.ts';
import { DockerLabHost } from '../lab-host.ts';
import { DockerLabShell } from '../lab-shell.ts';
import { chooseDiskWay } from './choose-disk-way.ts';
import { attachLoopDevice, listLoopDevices } from './loop-devices.ts';

const { engineUrl, nodeImage } = readConfig();
/** Set-up names the image that it has built. Without root there are no loop devices: the report on the wall says so. */
const canBeTried = !nodeImage.endsWith(':dev') && process.geteuid?.() === 0;
const rootDir = resolve(import.meta.dirname, '../../..');
const soon = (): AbortSignal => AbortSignal.timeout(60_000);

const definition = LabDefinition.parse({
  format: 1,
  id: 'disk',
  title: { ko: '디스크', en: 'Disk' },
  nodes: [{ name: 'node1' }],
  swarm: 'none',
  files: 'files',
  limits: { memoryMiB: 512, cpus: 2, pids: 2000, diskMiB: 512 },
  exercises: ['14.1-deploy'],
});

describe.skipIf(!canBeTried)('the disk of a node', () => {
  const shell = new DockerLabShell({ engineUrl });
  let dataDir: string;
  let environment: LabEnvironment | null = null;
  let id: string;

  const hostOf = (image: string): DockerLabHost =>
    new DockerLabHost({
      engineUrl,
      nodeImage: image,
      dataDir,
      seccompFile: join(rootDir, 'labs/images/node/seccomp.json'),
      owner: `real-test-${id}`,
      lifetimeMs: 600_000,
    });
  const start = async (image = nodeImage): Promise<LabNodeRef> => {
    const filesFolder = join(rootDir, 'labs/numbers/files');
    environment = await hostOf(image).create({ id, definition, filesFolder }, soon());
    return environment.nodes[0] as LabNodeRef;
  };
  const type = async (node: LabNodeRef, script: string): Promise<string> =>
    (await shell.run(node, { script, maxOutputBytes: 4096 }, soon())).output.replaceAll('\r', '');
  const folder = async (): Promise<string> => {
    const { Mountpoint } = await connectEngine(engineUrl).getVolume(`rl-${id}-node1`).inspect();
    return resolve(Mountpoint, '..');
  };
  const ourDevices = async () => (await listLoopDevices()).filter(({ file }) => file.includes(id));

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rl-'));
    id = randomId(10);
  });
  afterEach(async () => {
    if (environment !== null) await hostOf(nodeImage).remove(environment.id, soon());
    environment = null;
    id = randomId(10);
  }, 60_000);
  afterAll(() => rm(dataDir, { recursive: true }));

  test('ends at its size, keeps its data over a power cut, and leaves nothing', {
    timeout: 120_000,
  }, async () => {
    const node = await start();
    expect(await type(node, 'head -c 600M /dev/zero > big; rm big; echo kept > note')).toContain(
      'No space left',
    );
    expect(await ourDevices()).toHaveLength(1);
    const host = hostOf(nodeImage);
    const lab = environment as LabEnvironment;
    await host.switchNode(lab, 'node1', 'off', soon());
    await host.switchNode(lab, 'node1', 'on', soon());
    expect(await type(node, 'cat note')).toContain('kept');
    const image = join(await folder(), 'disk.img');
    // What was deleted went back to the host.
    expect((await stat(image)).blocks * 512).toBeLessThan(200 * 1024 * 1024);
    await host.remove(id, soon());
    expect(existsSync(image)).toBe(false);
    expect(await ourDevices()).toEqual([]);
  });

  test('of a start that fails half-way leaves nothing', { timeout: 60_000 }, async () => {
    await expect(start('rollout-lab/no-such-image:none')).rejects.toThrow();
    expect(await ourDevices()).toEqual([]);
    await expect(folder()).rejects.toThrow();
  });

  test('that was attached when the server crashed is swept up once its volume is gone', async () => {
    const engine = connectEngine(engineUrl);
    const disks = await chooseDiskWay(engine);
    const volume = { name: `rl-${id}-node1`, sizeMiB: 64 };
    await engine.createVolume({ Name: volume.name, DriverOpts: disks.volumeOptions(volume) });
    await disks.make(volume);
    await attachLoopDevice(join(await folder(), 'disk.img'));
    await engine.getVolume(volume.name).remove();
    expect(await ourDevices()).toHaveLength(1);
    await disks.sweep();
    expect(await ourDevices()).toEqual([]);
  });
});
