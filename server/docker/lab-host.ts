import { readFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import type { NodeUsage } from '#contract/class-live.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { WallPart, WallReport } from '#contract/wall.ts';
import type { CreateLab, HostCapacity, LabEnvironment, LabHost, LabNodeRef } from '../ports.ts';
import { DiskWayOnce } from './disk/disk-way-once.ts';
import { connectEngine, engineFailure } from './engine.ts';
import { EngineFactsOnce } from './engine-facts.ts';
import { formSwarms } from './form-swarm.ts';
import {
  type FoundEnvironment,
  findEnvironments,
  findExpired,
  removeEverything,
} from './found-environments.ts';
import { type Engines, eachNode, freezeNodes, thawNodes, wakeSwarms } from './freeze-nodes.ts';
import { homeArchive } from './home-archive.ts';
import { hostCapacity } from './host-capacity.ts';
import { InnerEngines } from './inner-engine.ts';
import { type EgressSettings, egressNow } from './lab-egress.ts';
import { makeLabNetwork } from './lab-network.ts';
import { subnetOf, uidBaseOf } from './lab-slots.ts';
import { labelsOf } from './node-container.ts';
import { plugInNode, unplugNode } from './node-network.ts';
import { cutNodePower, freezeNode, startNodeAgain } from './node-power.ts';
import { type NodeShare, whenReady } from './node-share.ts';
import { NodeShares } from './node-shares.ts';
import { nodeUsage } from './node-usage.ts';
import type { ShareUser } from './share-user.ts';
import { makeSshKeys } from './ssh-keys.ts';
import { isRunning, makeNodeDisk, startNode } from './start-node.ts';
import { PROBE_LIFETIME_MS, probeWall } from './wall/probe-wall.ts';

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
  /** Who uses the nodes' sockets, where that is not who runs this. */
  readonly shareUser?: ShareUser | undefined;
  /** Labs reach public addresses; without, nothing outside their own network. */
  readonly egress?: EgressSettings | null;
  /** Start labs on a kernel that can't filter their frames, too. */
  readonly allowsUnfiltered?: boolean;
}

const CLEAN_UP_DEADLINE_MS = 30_000;

/** Lab environments as containers of one Docker engine. */
export class DockerLabHost implements LabHost {
  readonly #engine: Docker;
  readonly #options: DockerLabHostOptions;
  readonly #facts: EngineFactsOnce;
  readonly #shares: NodeShares;
  readonly #engines: Engines;
  readonly #disks: DiskWayOnce;

  constructor(options: DockerLabHostOptions, disks?: DiskWayOnce) {
    this.#options = options;
    this.#engine = connectEngine(options.engineUrl);
    this.#engines = { outer: this.#engine, inner: new InnerEngines() };
    this.#facts = new EngineFactsOnce(this.#engine);
    this.#disks = disks ?? new DiskWayOnce(this.#engine);
    const share = options.share ?? 'auto';
    this.#shares = new NodeShares({
      engine: this.#engine,
      dataDir: options.dataDir,
      user: options.shareUser,
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
    const [{ cgroupVersion, hasAppArmor }, disks, seccompProfile, archive] = await Promise.all([
      this.#facts.get(),
      this.#disks.get(),
      readFile(seccompFile, 'utf8'),
      homeArchive(request.filesFolder, definition.nodes.length > 1 ? makeSshKeys() : null),
    ]);
    const identity = { owner, environmentId: id, createdAtMs, expiresAtMs, definition };
    const networkName = `rl-${id}`;
    const { egress: wantsEgress = null, allowsUnfiltered = false } = this.#options;
    const egress = wantsEgress === null ? null : await egressNow(wantsEgress);
    const volumeOf = (node: string): string => `rl-${id}-${node}`;
    // Network and disks know nothing of each other.
    const slotTaken = makeLabNetwork(this.#engine, networkName, egress !== null, (one) =>
      labelsOf({ ...identity, slot: one }),
    );
    const disksMade = definition.nodes.map(({ name }) =>
      makeNodeDisk({ engine: this.#engine, disks, plan: identity, volumeName: volumeOf(name) }),
    );
    await allOrHalt([slotTaken, ...disksMade], new AbortController());
    const slot = await slotTaken;
    signal.throwIfAborted();
    const subnet = subnetOf(slot);
    const hosts = definition.nodes.map(({ name }, index) => `${name}=${subnet.nodeAddress(index)}`).join(' ');
    await this.#shares.prepare(id);

    const halt = new AbortController();
    const until = AbortSignal.any([signal, halt.signal]);
    const nodes = await Promise.all(
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
          volumeName: volumeOf(name),
          shareFolder: share.bindFolder,
          seccompProfile,
          hasAppArmor,
          cgroupVersion,
          egress,
          allowsUnfiltered,
        };
        const started = startNode({ engine: this.#engine, plan, share, disks, homeArchive: archive }, until);
        const ready = started.then((container) => whenReady(share, () => isRunning(container), until));
        return { name, address, share, engineSocket: share.engineSocket, started, ready };
      }),
    );
    const started = Promise.all(nodes.map((node) => node.started)).then(() => onStep?.('booting'));
    const booted = Promise.all(nodes.map((node) => node.ready)).then(() => {
      if (definition.swarm !== 'none') onStep?.('swarm');
    });
    const formed = formSwarms(definition.swarm, nodes, this.#engines.inner, until);
    await allOrHalt([...nodes.flatMap((node) => [node.started, node.ready]), started, booted, formed], halt);
    const refs = await Promise.all(
      nodes.map(async ({ name, share, started }) => refOf(id, name, (await started).id, share)),
    );
    return {
      id,
      lab: definition.id,
      nodes: refs,
      state: 'running',
      stoppedNodes: [],
      frozenNodes: [],
      createdAtMs,
    };
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
            if (isAwake(environment, name)) await share.open();
            return refOf(environment.id, name, containerId, share);
          }),
        ),
      })),
    );
  }

  async restart(environment: LabEnvironment, except: readonly string[], signal: AbortSignal): Promise<void> {
    let wasFrozen = false;
    const disks = await this.#disks.get();
    const nodes = nodesBut(environment, except);
    await eachNode(this.#engines, nodes, signal, async (node, container) => {
      const share = await this.#shares.of(environment.id, node.name);
      if (await startNodeAgain({ container, name: node.name, share, disks }, signal)) wasFrozen = true;
    });
    if (wasFrozen) await wakeSwarms(this.#engines, nodes, signal);
  }

  async switchNode(
    environment: LabEnvironment,
    node: string,
    to: NodeCondition,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    const container = this.#containerOf(environment, node);
    if (to === 'off') await cutNodePower(container, node);
    else if (to === 'frozen') await freezeNode(container, node);
    else if (to === 'unplugged') await unplugNode(container, node, signal);
    else {
      const share = await this.#shares.of(environment.id, node);
      await startNodeAgain({ container, name: node, share, disks: await this.#disks.get() }, signal);
      await plugInNode(container, node, signal);
    }
  }

  async pause(environment: LabEnvironment, except: readonly string[], signal: AbortSignal): Promise<void> {
    await freezeNodes(this.#engines, nodesBut(environment, except), signal);
  }

  async resume(environment: LabEnvironment, except: readonly string[], signal: AbortSignal): Promise<void> {
    await thawNodes(this.#engines, nodesBut(environment, except), signal);
  }

  async remove(environmentId: string, signal: AbortSignal): Promise<void> {
    await removeEverything(this.#engine, environmentId, signal, this.#options.owner);
    await (await this.#disks.get()).sweep();
    await this.#shares.remove(environmentId);
  }

  async removeExpired(signal: AbortSignal): Promise<number> {
    const expired = await findExpired(this.#engine, Date.now());
    for (const id of expired) await removeEverything(this.#engine, id, signal);
    await (await this.#disks.get()).sweep();
    return expired.length;
  }

  async capacity(signal: AbortSignal): Promise<HostCapacity> {
    const [{ rootDir }] = await Promise.all([this.#facts.get(), this.#answers()]);
    signal.throwIfAborted();
    return hostCapacity([rootDir, this.#options.dataDir]);
  }

  usage({ nodes }: LabEnvironment, signal: AbortSignal): Promise<NodeUsage[]> {
    return nodeUsage(this.#engine, nodes, signal);
  }

  /** Facts are asked for once; whether there is room is also whether the engine is there. */
  async #answers(): Promise<void> {
    await this.#engine.ping().catch((failure: unknown) => {
      throw engineFailure('asking whether the engine is there', failure);
    });
  }

  /** Whether a lab can fill the engine's disk, for the report on the wall. */
  async diskBoundOf(): Promise<Pick<WallPart, 'state' | 'detail'>> {
    return (await this.#disks.get()).bound;
  }

  async wall(signal: AbortSignal): Promise<WallReport> {
    const [facts, disk] = await Promise.all([this.#facts.get(), this.diskBoundOf()]);
    const owner = `${this.#options.owner}-probe`;
    const host = new DockerLabHost(
      { ...this.#options, owner, lifetimeMs: PROBE_LIFETIME_MS, allowsUnfiltered: true },
      this.#disks,
    );
    const readMark = async (id: string, node: string) => (await host.#shares.of(id, node)).readMark('ready');
    using closing = new DisposableStack();
    closing.defer(() => host.#engines.inner.close());
    return await probeWall({ facts, disk, inner: host.#engines.inner, host, readMark }, signal);
  }

  #containerOf(environment: LabEnvironment, name: string): Docker.Container {
    const node = environment.nodes.find((one) => one.name === name);
    if (node === undefined) throw new Error(`lab ${environment.lab} has no node ${name}`);
    return this.#engine.getContainer(node.containerId);
  }
}

/** The first failure ends the others; all have ended when this does, so that nothing is made behind a clean-up. */
async function allOrHalt(tasks: readonly Promise<unknown>[], halt: AbortController): Promise<void> {
  try {
    await Promise.all(tasks);
  } catch (failure) {
    halt.abort(failure);
    await Promise.allSettled(tasks);
    throw failure;
  }
}

function nodesBut({ nodes }: LabEnvironment, except: readonly string[]): LabNodeRef[] {
  return nodes.filter(({ name }) => !except.includes(name));
}

function isAwake({ stoppedNodes, frozenNodes }: FoundEnvironment, node: string): boolean {
  return !stoppedNodes.includes(node) && !frozenNodes.includes(node);
}

function refOf(environmentId: string, name: string, containerId: string, share: NodeShare): LabNodeRef {
  const { engineSocket, terminalFolder } = share;
  return { environmentId, name, containerId, engineSocket, terminalFolder };
}
