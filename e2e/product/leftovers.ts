import { readdir, readFile } from 'node:fs/promises';
import Docker from 'dockerode';
import { poll } from './poll.ts';
import { ENGINE_URL } from './settings.ts';

const OWNER_LABEL = 'rollout-lab.owner';
const GONE_WITHIN_MS = 20_000;

export function engine(url = ENGINE_URL): Docker {
  const socketPath = /^unix:\/\/(.+)$/.exec(url)?.[1];
  if (socketPath !== undefined) return new Docker({ socketPath });
  const { protocol, hostname, port } = new URL(url);
  return new Docker({
    protocol: protocol === 'https:' ? 'https' : 'http',
    host: hostname,
    port: Number(port),
  });
}

/** Everything on the engine that carries the label of this server, as `kind name`. */
export async function belongings(owner: string): Promise<string[]> {
  const docker = engine();
  const filters = JSON.stringify({ label: [`${OWNER_LABEL}=${owner}`] });
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return [
    ...containers.map((container) => `container ${container.Names[0]?.slice(1)} (${container.State})`),
    ...networks.map((network) => `network ${network.Name}`),
    ...volumes.Volumes.map((volume) => `volume ${volume.Name}`),
  ];
}

export async function containersOf(owner: string): Promise<Docker.ContainerInfo[]> {
  const filters = JSON.stringify({ label: [`${OWNER_LABEL}=${owner}`] });
  return engine().listContainers({ all: true, filters });
}

/** Programs that were started for this data folder and still run: attached terminals, helpers. */
async function processesOf(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (commandLine.includes(dataDir))
      found.push(`process ${pid} ${commandLine.replaceAll('\0', ' ').trim()}`);
  }
  return found;
}

async function mountsOf(dataDir: string): Promise<string[]> {
  const table = await readFile('/proc/self/mounts', 'utf8').catch(() => '');
  return table
    .split('\n')
    .filter((line) => line.includes(` ${dataDir}`))
    .map((line) => `mount ${line.split(' ')[1]}`);
}

/** A server that has ended leaves nothing: no container, network, volume, process or mount. */
export async function expectNothingLeft(owner: string, dataDir: string): Promise<void> {
  let left: string[] = [];
  try {
    await poll(
      'everything gone',
      async () => {
        const parts = await Promise.all([belongings(owner), processesOf(dataDir), mountsOf(dataDir)]);
        left = parts.flat();
        return left.length === 0;
      },
      GONE_WITHIN_MS,
    );
  } catch (failure) {
    await removeContainers(owner);
    throw new Error(`left behind:\n  ${left.join('\n  ')}`, { cause: failure });
  }
}

/** So that one failure does not fill the machine for the tests that follow. */
async function removeContainers(owner: string): Promise<void> {
  const docker = engine();
  const filters = JSON.stringify({ label: [`${OWNER_LABEL}=${owner}`] });
  for (const { Id } of await docker.listContainers({ all: true, filters })) {
    await docker
      .getContainer(Id)
      .remove({ force: true, v: true })
      .catch(() => {});
  }
  for (const { Id } of await docker.listNetworks({ filters })) {
    await docker
      .getNetwork(Id)
      .remove()
      .catch(() => {});
  }
  for (const { Name } of (await docker.listVolumes({ filters })).Volumes) {
    await docker
      .getVolume(Name)
      .remove()
      .catch(() => {});
  }
}
