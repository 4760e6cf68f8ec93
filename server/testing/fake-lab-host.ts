import type { WallReport } from '#contract/wall.ts';
import { LabError } from '../domain/lab-error.ts';
import type { CreateLab, HostCapacity, LabEnvironment, LabHost } from '../ports.ts';

const GIB = 1024 ** 3;

/** Lab environments that exist only as entries of a map. Failures are switched on by the test. */
export class FakeLabHost implements LabHost {
  readonly environments = new Map<string, LabEnvironment>();
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
      createdAtMs: 0,
      nodes: request.definition.nodes.map((node) => ({
        environmentId: request.id,
        name: node.name,
        containerId: `${request.id}-${node.name}`,
        engineSocket: `/nowhere/${request.id}/${node.name}.sock`,
        terminalFolder: null,
      })),
    };
    this.environments.set(environment.id, environment);
    return environment;
  }

  async list(): Promise<LabEnvironment[]> {
    if (!this.engineAnswers) throw new LabError('ENGINE_UNREACHABLE', 'switched off by the test');
    return [...this.environments.values()];
  }

  async restart(environment: LabEnvironment, except: readonly string[]): Promise<void> {
    this.#set(environment.id, (now) => ({
      state: 'running',
      stoppedNodes: now.stoppedNodes.filter((name) => except.includes(name)),
    }));
  }
  async cutPower(environment: LabEnvironment, node: string): Promise<void> {
    this.#set(environment.id, ({ stoppedNodes }) => ({
      stoppedNodes: [...new Set([...stoppedNodes, node])],
    }));
  }
  async restorePower(environment: LabEnvironment, node: string): Promise<void> {
    this.#set(environment.id, ({ stoppedNodes }) => ({
      state: 'running',
      stoppedNodes: stoppedNodes.filter((name) => name !== node),
    }));
  }
  async pause(environment: LabEnvironment): Promise<void> {
    this.#set(environment.id, () => ({ state: 'paused' }));
  }
  async resume(environment: LabEnvironment): Promise<void> {
    this.#set(environment.id, () => ({ state: 'running' }));
  }
  async remove(environmentId: string): Promise<void> {
    this.environments.delete(environmentId);
  }
  async removeExpired(): Promise<number> {
    return 0;
  }
  async capacity(): Promise<HostCapacity> {
    return this.capacityNow;
  }
  async wall(): Promise<WallReport> {
    return this.wallNow;
  }

  /** With a node switched off an environment reads `stopped`, as the real host's does. */
  #set(id: string, change: (now: LabEnvironment) => Partial<LabEnvironment>): void {
    const now = this.environments.get(id);
    if (now === undefined) return;
    const next = { ...now, ...change(now) };
    this.environments.set(id, { ...next, state: next.stoppedNodes.length > 0 ? 'stopped' : next.state });
  }
}
