import { readFile, rm, statfs } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import type Docker from 'dockerode';
import type { CreateLab, HostCapacity, LabEnvironment, LabHost, LabNodeRef } from '../ports.ts';
import { connectEngine, engineFailure, statusOf } from './engine.ts';
import { formSwarm } from './form-swarm.ts';
import { findEnvironments, removeEverything } from './found-environments.ts';
import { homeArchive } from './home-archive.ts';
import { makeLabNetwork } from './lab-network.ts';
import { subnetOf, uidBaseOf } from './lab-slots.ts';
import { labelsOf, nodeContainerOptions } from './node-container.ts';
import { NodeShare } from './node-share.ts';

export interface DockerLabHostOptions {
  readonly engineUrl: string;
  readonly nodeImage: string;
  readonly dataDir: string;
  readonly seccompFile: string;
  /** Names this server or run in labels: it lists and removes only its own. */
  readonly owner: string;
  /** Labs of a short-lived owner may be removed by anybody after this time. */
  readonly lifetimeMs?: number;
}

interface EngineFacts {
  readonly cgroupVersion: '1' | '2';
  readonly hasAppArmor: boolean;
  readonly rootDir: string;
}

/** Lab environments as containers of an engine on this machine. */
export class DockerLabHost implements LabHost {
  readonly #engine: Docker;
  readonly #options: DockerLabHostOptions;
  #facts: Promise<EngineFacts> | undefined;

  constructor(options: DockerLabHostOptions) {
    this.#options = options;
    this.#engine = connectEngine(options.engineUrl);
  }

  async create(request: CreateLab, signal: AbortSignal): Promise<LabEnvironment> {
    try {
      return await this.#build(request, signal);
    } catch (failure) {
      // What was made so far is found by label, so a failing start needs no list of its own.
      await this.remove(request.id, AbortSignal.timeout(30_000)).catch(() => {});
      throw engineFailure(`starting lab ${request.definition.id}`, failure);
    }
  }

  async #build(request: CreateLab, signal: AbortSignal): Promise<LabEnvironment> {
    const { definition, id } = request;
    const createdAtMs = Date.now();
    const expiresAtMs =
      this.#options.lifetimeMs === undefined ? undefined : createdAtMs + this.#options.lifetimeMs;
    const { owner } = this.#options;
    request.onStep?.('creating');
    const [facts, seccompProfile, archive] = await Promise.all([
      this.#engineFacts(),
      readFile(this.#options.seccompFile, 'utf8'),
      homeArchive(request.filesFolder),
    ]);
    const labels = (slot: number): Record<string, string> =>
      labelsOf({ owner, environmentId: id, createdAtMs, slot, expiresAtMs, definition });
    const networkName = `rl-${id}`;
    const slot = await makeLabNetwork(this.#engine, networkName, labels);
    signal.throwIfAborted();
    const subnet = subnetOf(slot);
    const hosts = definition.nodes
      .map((node, index) => `${node.name}=${subnet.nodeAddress(index)}`)
      .join(' ');

    const nodes = await Promise.all(
      definition.nodes.map(async (node, index) => {
        const share = new NodeShare(this.#options.dataDir, id, node.name);
        await share.make();
        const volumeName = `rl-${id}-${node.name}`;
        await this.#engine.createVolume({ Name: volumeName, Labels: labels(slot) });
        const container = await this.#engine.createContainer(
          nodeContainerOptions({
            owner,
            environmentId: id,
            expiresAtMs,
            createdAtMs,
            slot,
            uidBase: uidBaseOf(slot),
            image: this.#options.nodeImage,
            definition,
            nodeName: node.name,
            address: subnet.nodeAddress(index),
            hosts,
            networkName,
            volumeName,
            shareFolder: share.folder,
            seccompProfile,
            hasAppArmor: facts.hasAppArmor,
            cgroupVersion: facts.cgroupVersion,
          }),
        );
        await container.putArchive(archive, { path: '/lab/home' });
        signal.throwIfAborted();
        await container.start();
        return {
          ref: refOf(node.name, container.id, share),
          address: subnet.nodeAddress(index),
          container,
          share,
        };
      }),
    );
    request.onStep?.('booting');
    await Promise.all(nodes.map((node) => node.share.whenReady(() => isRunning(node.container), signal)));
    if (definition.swarm !== 'none') {
      request.onStep?.('swarm');
      await formSwarm(definition.swarm, nodes);
    }
    return { id, lab: definition.id, nodes: nodes.map((node) => node.ref), state: 'running', createdAtMs };
  }

  async list(signal: AbortSignal): Promise<LabEnvironment[]> {
    const found = await findEnvironments(this.#engine, this.#options.owner);
    signal.throwIfAborted();
    return found.map((environment) => ({
      ...environment,
      nodes: environment.nodes.map(({ name, containerId }) =>
        refOf(name, containerId, new NodeShare(this.#options.dataDir, environment.id, name)),
      ),
    }));
  }

  async restart(environment: LabEnvironment, signal: AbortSignal): Promise<void> {
    await Promise.all(
      environment.nodes.map(async (node) => {
        const share = new NodeShare(this.#options.dataDir, environment.id, node.name);
        const container = this.#engine.getContainer(node.containerId);
        await share.clearMarks();
        await container.start().catch(unless(304, `starting ${node.name}`));
        await share.whenReady(() => isRunning(container), signal);
      }),
    );
  }

  async pause(environment: LabEnvironment, signal: AbortSignal): Promise<void> {
    await this.#eachNode(environment, signal, (container) => container.pause(), 'pausing');
  }

  async resume(environment: LabEnvironment, signal: AbortSignal): Promise<void> {
    await this.#eachNode(environment, signal, (container) => container.unpause(), 'resuming');
  }

  async remove(environmentId: string, signal: AbortSignal): Promise<void> {
    await removeEverything(this.#engine, environmentId, signal);
    await rm(new NodeShare(this.#options.dataDir, environmentId, '.').folder, {
      recursive: true,
      force: true,
    });
  }

  async capacity(signal: AbortSignal): Promise<HostCapacity> {
    const facts = await this.#engineFacts();
    signal.throwIfAborted();
    const disk = await statfs(facts.rootDir).catch(() => statfs(this.#options.dataDir));
    return {
      memoryTotalBytes: totalmem(),
      memoryAvailableBytes: await memoryAvailableBytes(),
      diskFreeBytes: disk.bavail * disk.bsize,
    };
  }

  async #eachNode(
    environment: LabEnvironment,
    signal: AbortSignal,
    act: (container: Docker.Container) => Promise<unknown>,
    verb: string,
  ): Promise<void> {
    signal.throwIfAborted();
    await Promise.all(
      environment.nodes.map((node) =>
        act(this.#engine.getContainer(node.containerId)).catch(unless(409, `${verb} ${node.name}`)),
      ),
    );
  }

  #engineFacts(): Promise<EngineFacts> {
    this.#facts ??= this.#engine.info().then(
      (info: { CgroupVersion?: string; SecurityOptions?: string[]; DockerRootDir: string }) => ({
        cgroupVersion: info.CgroupVersion === '2' ? '2' : '1',
        hasAppArmor: (info.SecurityOptions ?? []).some((option) => option.includes('apparmor')),
        rootDir: info.DockerRootDir,
      }),
      (failure: unknown) => {
        this.#facts = undefined;
        throw engineFailure('asking the engine for its facts', failure);
      },
    );
    return this.#facts;
  }
}

function refOf(name: string, containerId: string, share: NodeShare): LabNodeRef {
  return { name, containerId, engineSocket: share.engineSocket, terminalFolder: share.terminalFolder };
}

async function isRunning(container: Docker.Container): Promise<boolean> {
  return (await container.inspect()).State.Running;
}

/** Swallows the engine's "it already is so" answer. */
function unless(status: number, what: string): (failure: unknown) => void {
  return (failure) => {
    if (statusOf(failure) !== status) throw engineFailure(what, failure);
  };
}

async function memoryAvailableBytes(): Promise<number> {
  const meminfo = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kib = /^MemAvailable:\s+(\d+) kB/m.exec(meminfo)?.[1];
  return kib === undefined ? freemem() : Number(kib) * 1024;
}
