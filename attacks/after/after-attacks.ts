import { readdir, readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type Attack, nothingFound, type Outcome } from '../attack.ts';
import { uidBaseOf } from '../facts/facts-attacks.ts';
import { look } from '../ground/eye.ts';
import type { Ground } from '../ground/ground.ts';
import { lookAtProcesses } from '../ground/host-processes.ts';
import { patiently } from '../ground/patience.ts';

/** An engine gives a network's interface and a volume's device back a moment after they are removed. */
const GONE_WITHIN_MS = patiently(15_000);

async function removal(ground: Ground): Promise<Outcome> {
  const lab = await ground.newLab('numbers');
  const { id, nodes } = lab.environment;
  const [node] = nodes;
  if (node === undefined) throw new Error('a lab without nodes');
  const base = await uidBaseOf(lab);
  const mounts = (await lab.container().inspect()).Mounts.map(({ Source }) => Source);
  await ground.shell.start(node, 'left', { cols: 80, rows: 24 }, AbortSignal.timeout(patiently(10_000)));
  await lab.learner(
    'docker swarm init; docker volume create left; docker network create left; setsid sleep 600 & true',
  );
  await lab.root(
    'mkdir -p /sys/fs/cgroup/memory/left /sys/fs/cgroup/left 2>/dev/null; setsid sleep 600 & true',
  );
  await ground.remove(lab);
  let found = ['not looked yet'];
  for (const endMs = Date.now() + GONE_WITHIN_MS; found.length > 0 && Date.now() < endMs; await pause(500)) {
    found = await remains(ground, { id, containerId: node.containerId, base, folders: mounts });
  }
  return nothingFound(
    found,
    'no container, network, volume, interface, cgroup, device, mount, process or file',
  );
}

interface Traces {
  readonly id: string;
  readonly containerId: string;
  readonly base: number;
  readonly folders: readonly string[];
}

async function remains(ground: Ground, { id, containerId, base, folders }: Traces): Promise<string[]> {
  const filters = JSON.stringify({ label: [`rollout-lab.environment=${id}`] });
  const { engine } = ground;
  const [containers, networks, volumes] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listNetworks({ filters }),
    engine.listVolumes({ filters }),
  ]);
  const { processes } = await lookAtProcesses(ground, containerId, base);
  // Where the engine runs: its mounts, groups and devices.
  const traces = `grep -hE '${id}|${containerId}' /proc/1/mountinfo /proc/self/mountinfo 2>/dev/null | cut -d' ' -f5 | sed 's/^/mount /'; find /sys/fs/cgroup -maxdepth 6 -name '*${containerId}*' 2>/dev/null | sed 's/^/cgroup /'; grep -l '${id}' /sys/block/loop*/loop/backing_file 2>/dev/null | sed 's/^/device /'`;
  const seen = await look(engine, ground.config.nodeImage, ['bash', '-c', traces]);
  const files = await readdir(`${ground.config.dataDir}/labs`).catch(() => [] as string[]);
  const left = await Promise.all(
    folders.map(async (folder) => ((await exists(folder)) ? [`file ${folder}`] : [])),
  );
  return [
    ...containers.map(({ Names }) => `container ${Names[0]}`),
    ...networks.map(({ Name }) => `network ${Name}`),
    ...volumes.Volumes.map(({ Name }) => `volume ${Name}`),
    ...Object.keys(networkInterfaces())
      .filter((name) => id.length > 0 && name === `rl${id}`.slice(0, 15))
      .map((name) => `interface ${name}`),
    ...processes.map(({ name, pid }) => `process ${name} (${pid})`),
    ...seen.split('\n').filter(Boolean),
    ...files.filter((file) => file.includes(id)).map((file) => `folder ${file}`),
    ...left.flat(),
  ];
}

async function exists(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    (failure: NodeJS.ErrnoException) => failure.code === 'EISDIR',
  );
}

export const AFTER_ATTACKS: readonly Attack[] = [
  {
    id: 'after/removal',
    tried: 'leave something behind: processes, a terminal, containers, volumes, networks, groups',
    from: 'lab root',
    must: 'nothing of the lab is left on the host when it is removed',
    run: removal,
  },
];
