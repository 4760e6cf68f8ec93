import type { LabDefinition } from '#contract/definitions.ts';
import type { LabEnvironment, LabHost } from '../ports.ts';
import type { Log } from './log.ts';

export interface WarmPoolOptions {
  readonly host: LabHost;
  readonly log: Log;
  readonly newEnvironmentId: () => string;
  readonly filesFolderOf: (definition: LabDefinition) => string;
  /** Says whether the machine has room for a lab that nobody asked for yet. */
  readonly mayFill: (definition: LabDefinition) => Promise<boolean>;
  /** How many of this lab are kept ready. */
  readonly targetOf: (definition: LabDefinition) => number;
}

const FILL_DEADLINE_MS = 90_000;
const RETRY_AFTER_FAILURE_MS = 30_000;

/** Booted labs that belong to nobody yet: starting and resetting become a claim. */
export class WarmPool {
  readonly #options: WarmPoolOptions;
  readonly #ready = new Map<string, LabEnvironment[]>();
  readonly #stopped = new AbortController();
  #filling: Promise<void> = Promise.resolve();
  #notBeforeMs = 0;

  constructor(options: WarmPoolOptions) {
    this.#options = options;
  }

  get size(): number {
    return [...this.#ready.values()].reduce((sum, environments) => sum + environments.length, 0);
  }

  has(definition: LabDefinition): boolean {
    return (this.#ready.get(definition.id)?.length ?? 0) > 0;
  }

  /** Hands a booted lab over; the caller owns it from now on. `null`: none is ready. */
  claim(definition: LabDefinition): LabEnvironment | null {
    return this.#ready.get(definition.id)?.pop() ?? null;
  }

  /** Tops the pool up in the background, one lab at a time so that labs in use don't feel it. */
  fill(definition: LabDefinition): void {
    this.#filling = this.#filling.then(() => this.#fillOne(definition));
  }

  async #fillOne(definition: LabDefinition): Promise<void> {
    const { host, log, targetOf } = this.#options;
    const ready = this.#ready.get(definition.id) ?? [];
    this.#ready.set(definition.id, ready);
    while (
      ready.length < targetOf(definition) &&
      !this.#stopped.signal.aborted &&
      Date.now() >= this.#notBeforeMs
    ) {
      if (!(await this.#options.mayFill(definition).catch(() => false))) return;
      const id = this.#options.newEnvironmentId();
      const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(FILL_DEADLINE_MS)]);
      try {
        ready.push(
          await host.create({ id, definition, filesFolder: this.#options.filesFolderOf(definition) }, signal),
        );
        log.debug({ environmentId: id, lab: definition.id }, 'warm lab ready');
      } catch (failure) {
        if (this.#stopped.signal.aborted) return;
        this.#notBeforeMs = Date.now() + RETRY_AFTER_FAILURE_MS;
        log.warn({ err: failure, lab: definition.id }, 'warm lab failed');
        return;
      }
    }
  }

  /** Stops filling and removes what nobody claimed. */
  async drain(): Promise<void> {
    this.#stopped.abort(new Error('the pool is closing'));
    await this.#filling;
    await this.release();
  }

  /** Removes what nobody claimed: somebody needs the room now. */
  async release(): Promise<void> {
    const left = [...this.#ready.values()].flatMap((environments) => environments.splice(0));
    await Promise.allSettled(
      left.map((environment) => this.#options.host.remove(environment.id, AbortSignal.timeout(30_000))),
    );
  }
}
