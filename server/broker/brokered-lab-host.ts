import type { NodeUsage } from '#contract/class-live.ts';
import type { NodeCondition } from '#contract/node-condition.ts';
import type { WallReport } from '#contract/wall.ts';
import type { CreateLab, HostCapacity, LabEnvironment, LabHost } from '../ports.ts';
import type { BrokerClient } from './broker-client.ts';

/** Labs by way of the process that holds the engine's socket. Only ids and names go there. */
export class BrokeredLabHost implements LabHost {
  readonly #broker: BrokerClient;

  constructor(broker: BrokerClient) {
    this.#broker = broker;
  }

  create({ id, definition, onStep }: CreateLab, signal: AbortSignal): Promise<LabEnvironment> {
    const call = { verb: 'create', environment: id, lab: definition.id } as const;
    return this.#broker.call(call, { signal, onStep });
  }

  list(signal: AbortSignal): Promise<LabEnvironment[]> {
    return this.#broker.call({ verb: 'list' }, { signal });
  }

  async restart({ id }: LabEnvironment, except: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#broker.call({ verb: 'restart', environment: id, except: [...except] }, { signal });
  }

  async switchNode(
    { id }: LabEnvironment,
    node: string,
    to: NodeCondition,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#broker.call({ verb: 'switchNode', environment: id, node, to }, { signal });
  }

  async pause({ id }: LabEnvironment, except: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#broker.call({ verb: 'pause', environment: id, except: [...except] }, { signal });
  }

  async resume({ id }: LabEnvironment, except: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#broker.call({ verb: 'resume', environment: id, except: [...except] }, { signal });
  }

  async remove(environmentId: string, signal: AbortSignal): Promise<void> {
    await this.#broker.call({ verb: 'remove', environment: environmentId }, { signal });
  }

  removeExpired(signal: AbortSignal): Promise<number> {
    return this.#broker.call({ verb: 'removeExpired' }, { signal });
  }

  capacity(signal: AbortSignal): Promise<HostCapacity> {
    return this.#broker.call({ verb: 'capacity' }, { signal });
  }

  usage({ id }: LabEnvironment, signal: AbortSignal): Promise<NodeUsage[]> {
    return this.#broker.call({ verb: 'usage', environment: id }, { signal });
  }

  wall(signal: AbortSignal): Promise<WallReport> {
    return this.#broker.call({ verb: 'wall' }, { signal });
  }
}
