import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabDefinition } from '#contract/definitions.ts';
import type { LabSnapshot } from '#contract/swarm-snapshot.ts';
import { readConfig } from '../config.ts';
import { DockerLabHost } from '../docker/lab-host.ts';
import { DockerLabShell } from '../docker/lab-shell.ts';
import { SwarmObserver } from '../docker/swarm-observer.ts';
import type { LabEnvironment } from '../ports.ts';
import { randomId } from '../random-id.ts';

const { engineUrl, nodeImage } = readConfig();
/** Set-up names the image that it has built; without it there is no engine to count on. */
export const isSetUp = !nodeImage.endsWith(':dev');
const filesFolder = join(import.meta.dirname, '../../labs/numbers/files');
const seccompFile = join(import.meta.dirname, '../../labs/images/node/seccomp.json');

export const soon = (): AbortSignal => AbortSignal.timeout(60_000);

/** Labs of several nodes on a real engine, one at a time, for tests. */
export class SeveralNodesLab {
  host: DockerLabHost;
  readonly observer = new SwarmObserver();
  readonly #dataDir: string;
  readonly #owner = `real-test-${randomId(8)}`;
  #environment: LabEnvironment | null = null;

  private constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.host = this.newHost();
  }

  static async prepare(): Promise<SeveralNodesLab> {
    return new SeveralNodesLab(await mkdtemp(join(tmpdir(), 'rl-')));
  }

  /** As another run of the same server has it. */
  newHost(): DockerLabHost {
    const owner = this.#owner;
    return new DockerLabHost({
      ...{ engineUrl, nodeImage, dataDir: this.#dataDir, seccompFile, owner },
      lifetimeMs: 600_000,
    });
  }

  async start(nodes: number, swarm: LabDefinition['swarm']): Promise<LabEnvironment> {
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
    this.#environment = await this.host.create({ id: randomId(10), definition, filesFolder }, soon());
    return this.#environment;
  }

  /** What a script prints that is typed on a node, the first one where none is named. */
  async type(lab: LabEnvironment, script: string, name?: string): Promise<string> {
    const node = name === undefined ? lab.nodes[0] : lab.nodes.find((one) => one.name === name);
    if (node === undefined) throw new Error('no such node');
    const shell = new DockerLabShell({ engineUrl });
    return (await shell.run(node, { script, maxOutputBytes: 100_000 }, soon())).output;
  }

  /** @returns the first look that shows it */
  async until(
    lab: LabEnvironment,
    shows: (snapshot: LabSnapshot) => boolean,
    isolated?: ReadonlySet<string>,
  ): Promise<LabSnapshot> {
    const limit = soon();
    for (;;) {
      const snapshot = await this.observer.snapshot(lab.nodes, AbortSignal.timeout(4_000), isolated);
      if (shows(snapshot)) return snapshot;
      if (limit.aborted) throw new Error(`not within the time: ${JSON.stringify(snapshot.labNodes)}`);
      await sleep(250);
    }
  }

  /** Removes the lab, if there is one. */
  async clear(): Promise<void> {
    if (this.#environment !== null) await this.host.remove(this.#environment.id, soon());
    this.#environment = null;
  }

  async end(): Promise<void> {
    this.observer.close();
    await rm(this.#dataDir, { recursive: true });
  }
}

export const runningIds = ({ swarms }: LabSnapshot): string[] =>
  (swarms[0]?.tasks ?? [])
    .filter((task) => task.state === 'running' && task.desiredState === 'running')
    .map(({ id }) => id)
    .sort();
