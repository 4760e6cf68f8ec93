import { LabError } from '../domain/lab-error.ts';
import type { LabEnvironment, LabHost, LabNodeRef } from '../ports.ts';

/** What exists of this server, by its own look at the engine's labels: never by what somebody else says. */
export class OwnedEnvironments {
  readonly #host: Pick<LabHost, 'list'>;
  readonly #known = new Map<string, LabEnvironment>();

  constructor(host: Pick<LabHost, 'list'>) {
    this.#host = host;
  }

  get count(): number {
    return this.#known.size;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  add(environment: LabEnvironment): void {
    this.#known.set(environment.id, environment);
  }

  forget(id: string): void {
    this.#known.delete(id);
  }

  async list(signal: AbortSignal): Promise<LabEnvironment[]> {
    const found = await this.#host.list(signal);
    this.#known.clear();
    // One that is just being made, or was left half-made, has not got all its nodes.
    for (const environment of found) if (environment.state !== 'broken') this.add(environment);
    return found;
  }

  /** @throws {LabError} LAB_NODE_UNREACHABLE when there is none of this id, or it is another server's */
  async get(id: string, signal: AbortSignal): Promise<LabEnvironment> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const found = (await this.list(signal)).find((one) => one.id === id);
    if (found === undefined) throw new LabError('LAB_NODE_UNREACHABLE', `there is no environment ${id}`);
    return found;
  }

  /** @throws {LabError} NODE_UNKNOWN, LAB_NODE_UNREACHABLE */
  async node(id: string, name: string, signal: AbortSignal): Promise<LabNodeRef> {
    const environment = await this.get(id, signal);
    const node = environment.nodes.find((one) => one.name === name);
    if (node !== undefined) return node;
    throw new LabError('NODE_UNKNOWN', `environment ${id} has no node ${name}`, { params: { node: name } });
  }
}
