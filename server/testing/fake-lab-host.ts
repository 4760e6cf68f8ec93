import type { NodeUsage } from '#contract/class-live.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { WallReport } from '#contract/wall.ts';
import { LabError } from '../domain/lab-error.ts';
import type { CreateLab, HostCapacity, LabEnvironment, LabHost } from '../ports.ts';

const GIB = 1024 ** 3;

/** Lab environments that exist only as entries of a map. Failures are switched on by the test. */
export class FakeLabHost implements LabHost {
  readonly environments = new Map<string, LabEnvironment>();
  /** Nodes of whatever environment that no frame reaches. */
  readonly unplugged = new Set<string>();
  failCreateWith: LabError | null = null;
  /** While set, creating waits for it, or for the signal. */
  createGate: Promise<void> | null = null;
  /** How many were being created at the same time, at most. */
  mostAtOnce = 0;
  #beingCreated = 0;
  engineAnswers = true;
  capacityNow: HostCapacity = {
    memoryTotalBytes: 16 * GIB,
    memoryAvailableBytes: 12 * GIB,
    diskFreeBytes: 50 * GIB,
  };
  wallNow: WallReport = {
    parts: [],
    holds: true,
    kernel: '6.12.0',
    cgroupVersion: '2',
    appArmor: 'absent',
    routesVirtualIps: false,
    versions: {},
    probedAtMs: 0,
  };

  async create(request: CreateLab, signal?: AbortSignal): Promise<LabEnvironment> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#beingCreated);
    try {
      return await this.#create(request, signal);
    } finally {
      this.#beingCreated--;
    }
  }

  async #create(request: CreateLab, signal?: AbortSignal): Promise<LabEnvironment> {
    request.onStep?.('creating');
    await this.createGate;
    signal?.throwIfAborted();
    if (this.failCreateWith !== null) throw this.failCreateWith;
    request.onStep?.('booting');
    const environment: LabEnvironment = {
      id: request.id,
      lab: request.definition.id,
      state: 'running',
      stoppedNodes: [],
      frozenNodes: [],
      createdAtMs: 0,
      nodes: request.definition.nodes.map((node) => ({
        environmentId: request.id,
        name: node.name,
        containerId: `${request.id}-${node.name}`,
        engineSocket: `/nowhere/${request.id}/${node.name}.sock`,
        terminalFolder: `/nowhere/${request.id}/${node.name}/terminals`,
      })),
    };
    this.environments.set(environment.id, environment);
    return environment;
  }

  async list(): Promise<LabEnvironment[]> {
    if (!this.engineAnswers) throw new LabError('ENGINE_UNREACHABLE', 'switched off by the test');
    return [...this.environments.values()];
  }

  async restart({ id }: LabEnvironment, except: readonly string[]): Promise<void> {
    for (const name of this.environments.get(id)?.stoppedNodes ?? []) {
      // A node that boots is plugged in.
      if (!except.includes(name)) this.unplugged.delete(name);
    }
    this.#set(id, (now) => ({
      state: 'running',
      stoppedNodes: now.stoppedNodes.filter((name) => except.includes(name)),
      frozenNodes: now.frozenNodes.filter((name) => except.includes(name)),
    }));
  }
  async switchNode(environment: LabEnvironment, node: string, to: NodeCondition): Promise<void> {
    const without = (names: readonly string[]): string[] => names.filter((name) => name !== node);
    this.#set(environment.id, (now) => ({
      state: 'running',
      stoppedNodes: to === 'off' ? [...without(now.stoppedNodes), node] : without(now.stoppedNodes),
      frozenNodes: to === 'frozen' ? [...without(now.frozenNodes), node] : without(now.frozenNodes),
    }));
    if (to === 'unplugged') this.unplugged.add(node);
    else this.unplugged.delete(node);
  }
  async pause({ id }: LabEnvironment): Promise<void> {
    this.#set(id, ({ nodes, stoppedNodes }) => ({
      frozenNodes: nodes.map(({ name }) => name).filter((name) => !stoppedNodes.includes(name)),
    }));
  }
  async resume({ id }: LabEnvironment, except: readonly string[]): Promise<void> {
    this.#set(id, ({ frozenNodes }) => ({
      state: 'running',
      frozenNodes: frozenNodes.filter((name) => except.includes(name)),
    }));
  }
  async remove(environmentId: string): Promise<void> {
    this.environments.delete(environmentId);
  }
  async removeExpired(): Promise<number> {
    return 0;
  }
  async usage({ nodes }: LabEnvironment): Promise<NodeUsage[]> {
    return nodes.map(({ name }) => ({
      name,
      memoryBytes: 200 * 1024 ** 2,
      memoryLimitBytes: 640 * 1024 ** 2,
      cpus: 0.5,
      pids: 90,
      pidsLimit: 2_000,
    }));
  }

  async capacity(): Promise<HostCapacity> {
    return this.capacityNow;
  }
  async wall(): Promise<WallReport> {
    return this.wallNow;
  }

  /** With a node switched off an environment reads `stopped`, with a frozen one `paused`, as the real host's does. */
  #set(id: string, change: (now: LabEnvironment) => Partial<LabEnvironment>): void {
    const now = this.environments.get(id);
    if (now === undefined) return;
    const next = { ...now, ...change(now) };
    const resting = next.frozenNodes.length > 0 ? 'paused' : next.state;
    this.environments.set(id, { ...next, state: next.stoppedNodes.length > 0 ? 'stopped' : resting });
  }
}
