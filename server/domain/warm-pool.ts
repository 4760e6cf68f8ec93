import type { LabDefinition } from '#contract/definitions.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { LabEnvironment, LabHost } from '../ports.ts';
import type { Log } from './log.ts';

export interface WarmPoolOptions {
  readonly host: LabHost;
  readonly log: Log;
  readonly newEnvironmentId: () => string;
  readonly filesFolderOf: (definition: LabDefinition) => string;
  /** Resolves when the machine has room for a lab that nobody asked for yet, else rejects with the reason. */
  readonly mayFill: (definition: LabDefinition) => Promise<void>;
  /** How many of this lab are kept ready. */
  readonly targetOf: (definition: LabDefinition) => number;
  /** A learner asks for a lab, warm or not. */
  readonly onAsked?: (definition: LabDefinition, learnerId: LearnerId) => void;
}

const FILL_DEADLINE_MS = 90_000;
const REMOVE_DEADLINE_MS = 30_000;
const RETRY_AFTER_FAILURE_MS = 30_000;

/** Booted labs that belong to nobody yet: starting and resetting become a claim. */
export class WarmPool {
  readonly #options: WarmPoolOptions;
  readonly #ready = new Map<string, LabEnvironment[]>();
  readonly #stopped = new AbortController();
  /** Why the pool holds less than it should, by lab. */
  readonly #refusals = new Map<string, Error>();
  #filling: Promise<void> = Promise.resolve();
  #notBeforeMs = 0;

  constructor(options: WarmPoolOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#all().length;
  }

  get nodes(): number {
    return this.#all().reduce((sum, { nodes }) => sum + nodes.length, 0);
  }

  has(definition: LabDefinition): boolean {
    return this.ready(definition.id) > 0;
  }

  /** How many of this lab wait to be claimed. */
  ready(labId: string): number {
    return this.#ready.get(labId)?.length ?? 0;
  }

  /** What kept the pool from its target the last time it was filled; `null`: nothing. */
  refusal(labId: string): Error | null {
    return this.#refusals.get(labId) ?? null;
  }

  /** A learner asks for such a lab: the next may be about to. */
  asked(definition: LabDefinition, learnerId: LearnerId): void {
    this.#options.onAsked?.(definition, learnerId);
  }

  /** Hands a booted lab over; the caller owns it from now on. `null`: none is ready. */
  claim(definition: LabDefinition): LabEnvironment | null {
    return this.#ready.get(definition.id)?.pop() ?? null;
  }

  /**
   * Brings the pool to its target in the background, one lab at a time so that labs in use don't feel it; what is
   * above the target is removed.
   */
  fill(definition: LabDefinition): void {
    this.#filling = this.#filling.then(async () => {
      await this.#fillOne(definition);
      await this.#trim(definition);
    });
  }

  async #fillOne(definition: LabDefinition): Promise<void> {
    const { targetOf, mayFill } = this.#options;
    const ready = this.#ready.get(definition.id) ?? [];
    this.#ready.set(definition.id, ready);
    while (!this.#stopped.signal.aborted && ready.length < targetOf(definition)) {
      if (Date.now() < this.#notBeforeMs) return;
      try {
        await mayFill(definition);
      } catch (refusal) {
        this.#refusals.set(definition.id, refusal as Error);
        return;
      }
      if (!(await this.#create(definition, ready))) return;
    }
    this.#refusals.delete(definition.id);
  }

  async #create(definition: LabDefinition, ready: LabEnvironment[]): Promise<boolean> {
    const { host, log, newEnvironmentId, filesFolderOf } = this.#options;
    const id = newEnvironmentId();
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(FILL_DEADLINE_MS)]);
    try {
      ready.push(await host.create({ id, definition, filesFolder: filesFolderOf(definition) }, signal));
      log.debug({ environmentId: id, lab: definition.id }, 'warm lab ready');
      return true;
    } catch (failure) {
      if (this.#stopped.signal.aborted) return false;
      this.#notBeforeMs = Date.now() + RETRY_AFTER_FAILURE_MS;
      this.#refusals.set(definition.id, failure as Error);
      log.warn({ err: failure, lab: definition.id }, 'warm lab failed');
      return false;
    }
  }

  /** Stops filling and removes what nobody claimed. */
  async drain(): Promise<void> {
    this.#stopped.abort(new Error('the pool is closing'));
    await this.#filling;
    await this.#remove([...this.#ready.values()].flatMap((ready) => ready.splice(0)));
  }

  async #trim(definition: LabDefinition): Promise<void> {
    const ready = this.#ready.get(definition.id) ?? [];
    const surplus = ready.splice(this.#options.targetOf(definition));
    await this.#remove(surplus);
  }

  /** Removes a lab that nobody claimed, of those of which there are most: the room is needed. `false`: there is none. */
  async releaseOne(): Promise<boolean> {
    const most = [...this.#ready.values()].sort((a, b) => b.length - a.length)[0];
    const oldest = most?.shift();
    if (oldest === undefined) return false;
    await this.#remove([oldest]);
    return true;
  }

  async #remove(environments: readonly LabEnvironment[]): Promise<void> {
    const removals = environments.map(({ id }) =>
      this.#options.host.remove(id, AbortSignal.timeout(REMOVE_DEADLINE_MS)),
    );
    await Promise.allSettled(removals);
  }

  #all(): LabEnvironment[] {
    return [...this.#ready.values()].flat();
  }
}
