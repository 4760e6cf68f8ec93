import { readFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import type { CreateLab, HostCapacity, LabEnvironment, LabHost, LabNodeRef } from '../ports.ts';
import { connectEngine, engineFailure, statusOf } from './engine.ts';
import { EngineFactsOnce } from './engine-facts.ts';
import { formSwarm } from './form-swarm.ts';
import { findEnvironments, findExpired, removeEverything } from './found-environments.ts';
import { homeArchive } from './home-archive.ts';
import { hostCapacity } from './host-capacity.ts';
import { makeLabNetwork } from './lab-network.ts';
import { subnetOf, uidBaseOf } from './lab-slots.ts';
import { labelsOf } from './node-container.ts';
import { type NodeShare, whenReady } from './node-share.ts';
import { NodeShares } from './node-shares.ts';
import { isRunning, startNode } from './start-node.ts';

export interface DockerLabHostOptions {
  readonly engineUrl: string;
  readonly nodeImage: string;
  readonly dataDir: string;
  readonly seccompFile: string;
  /** Names this server or run in labels: it lists and removes only its own. */
  readonly owner: string;
  /** Labs of a short-lived owner may be removed by anybody after this time. */
  readonly lifetimeMs?: number;
  /** How the server reaches the nodes' sockets; `auto` asks the engine where it runs. */
  readonly share?: 'auto' | 'folder' | 'exec';
}

const CLEAN_UP_DEADLINE_MS = 30_000;

/** Lab environments as containers of one Docker engine. */
export class DockerLabHost implements LabHost {
  readonly #engine: Docker;
  readonly #options: DockerLabHostOptions;
  readonly #facts: EngineFactsOnce;
  readonly #shares: NodeShares;

  constructor(options: DockerLabHostOptions) {
    this.#options = options;
    this.#engine = connectEngine(options.engineUrl);
    this.#facts = new EngineFactsOnce(this.#engine);
    const share = options.share ?? 'auto';
    this.#shares = new NodeShares({
      engine: this.#engine,
      dataDir: options.dataDir,
      useExec: async () => share === 'exec' || (share === 'auto' && (await this.#facts.get()).isRemote),
    });
  }

  async create(request: CreateLab, signal: AbortSignal): Promise<LabEnvironment> {
    try {
      return await this.#build(request, signal);
    } catch (failure) {
      // What was made so far is found by label, so a failing start needs no list of its own.
      await this.remove(request.id, AbortSignal.timeout(CLEAN_UP_DEADLINE_MS)).catch(() => {});
      throw engineFailure(`starting lab ${request.definition.id}`, failure);
    }
  }

  async #build(request: CreateLab, signal: AbortSignal): Promise<LabEnvironment> {
    const { definition, id, onStep } = request;
    const { owner, lifetimeMs, nodeImage, seccompFile } = this.#options;
    const createdAtMs = Date.now();
    const expiresAtMs = lifetimeMs === undefined ? undefined : createdAtMs + lifetimeMs;
    onStep?.('creating');
    const [{ cgroupVersion, hasAppArmor }, seccompProfile, archive] = await Promise.all([
      this.#facts.get(),
      readFile(seccompFile, 'utf8'),
      homeArchive(request.filesFolder),
    ]);
    const identity = { owner, environmentId: id, createdAtMs, expiresAtMs, definition };
    const networkName = `rl-${id}`;
    const slot = await makeLabNetwork(this.#engine, networkName, (one) =>
      labelsOf({ ...identity, slot: one }),
    );
    signal.throwIfAborted();
    const subnet = subnetOf(slot);
    const hosts = definition.nodes.map(({ name }, index) => `${name}=${subnet.nodeAddress(index)}`).join(' ');
    await this.#shares.prepare(id);

    const starts = await Promise.allSettled(
      definition.nodes.map(async ({ name }, index) => {
        const address = subnet.nodeAddress(index);
        const share = await this.#shares.of(id, name);
        const plan = {
          ...identity,
          slot,
          uidBase: uidBaseOf(slot),
          image: nodeImage,
          nodeName: name,
          address,
          hosts,
          networkName,
          volumeName: `rl-${id}-${name}`,
          shareFolder: share.bindFolder,
          seccompProfile,
          hasAppArmor,
          cgroupVersion,
        };
        const container = await startNode(
          { engine: this.#engine, plan, share, homeArchive: archive },
          signal,
        );
        return { ref: refOf(name, container.id, share), address, container, share };
      }),
    );
    // All have ended one way or the other: nothing goes on being made behind a clean-up.
    const nodes = starts.map((start) => {
      if (start.status === 'rejected') throw start.reason;
      return start.value;
    });
    onStep?.('booting');
    await Promise.all(
      nodes.map(({ share, container }) => whenReady(share, () => isRunning(container), signal)),
    );
    if (definition.swarm !== 'none') {
      onStep?.('swarm');
      await formSwarm(definition.swarm, nodes);
    }
    return { id, lab: definition.id, nodes: nodes.map(({ ref }) => ref), state: 'running', createdAtMs };
  }

  async list(signal: AbortSignal): Promise<LabEnvironment[]> {
    const found = await findEnvironments(this.#engine, this.#options.owner);
    signal.throwIfAborted();
    return Promise.all(
      found.map(async (environment) => ({
        ...environment,
        nodes: await Promise.all(
          environment.nodes.map(async ({ name, containerId }) => {
            const share = await this.#shares.of(environment.id, name);
            if (environment.state === 'running') await share.open();
            return refOf(name, containerId, share);
          }),
        ),
      })),
    );
  }

  async restart(environment: LabEnvironment, signal: AbortSignal): Promise<void> {
    await Promise.all(
      environment.nodes.map(async ({ name, containerId }) => {
        const container = this.#engine.getContainer(containerId);
        const share = await this.#shares.of(environment.id, name);
        if (await isRunning(container)) return;
        await share.prepare();
        await container.start().catch(unless(304, `starting ${name}`));
        await whenReady(share, () => isRunning(container), signal);
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
    await this.#shares.remove(environmentId);
  }

  async removeExpired(signal: AbortSignal): Promise<number> {
    const expired = await findExpired(this.#engine, Date.now());
    for (const id of expired) await removeEverything(this.#engine, id, signal);
    return expired.length;
  }

  async capacity(signal: AbortSignal): Promise<HostCapacity> {
    const { rootDir } = await this.#facts.get();
    signal.throwIfAborted();
    return hostCapacity([rootDir, this.#options.dataDir]);
  }

  async #eachNode(
    environment: LabEnvironment,
    signal: AbortSignal,
    act: (container: Docker.Container) => Promise<unknown>,
    verb: string,
  ): Promise<void> {
    signal.throwIfAborted();
    await Promise.all(
      environment.nodes.map(({ name, containerId }) =>
        act(this.#engine.getContainer(containerId)).catch(unless(409, `${verb} ${name}`)),
      ),
    );
  }
}

function refOf(name: string, containerId: string, share: NodeShare): LabNodeRef {
  return { name, containerId, engineSocket: share.engineSocket, terminalFolder: share.terminalFolder };
}

/** Swallows the engine's "it already is so" answer. */
function unless(status: number, what: string): (failure: unknown) => void {
  return (failure) => {
    if (statusOf(failure) !== status) throw engineFailure(what, failure);
  };
}
