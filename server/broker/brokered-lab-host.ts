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

  async cutPower({ id }: LabEnvironment, node: string, signal: AbortSignal): Promise<void> {
    await this.#broker.call({ verb: 'cutPower', environment: id, node }, { signal });
  }

  async restorePower({ id }: LabEnvironment, node: string, signal: AbortSignal): Promise<void> {
    await this.#broker.call({ verb: 'restorePower', environment: id, node }, { signal });
  }

  async pause({ id }: LabEnvironment, signal: AbortSignal): Promise<void> {
    await this.#broker.call({ verb: 'pause', environment: id }, { signal });
  }

  async resume({ id }: LabEnvironment, signal: AbortSignal): Promise<void> {
    await this.#broker.call({ verb: 'resume', environment: id }, { signal });
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

  wall(signal: AbortSignal): Promise<WallReport> {
    return this.#broker.call({ verb: 'wall' }, { signal });
  }
}
