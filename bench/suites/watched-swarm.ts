import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';

const SERVICE = 'numbers_numbers-api';
const SECOND_NS = 1_000_000_000;
const LOOK_EVERY_MS = 20;
const DONE_WITHIN_MS = 60_000;
/** A state that is over sooner is none that anybody has to see. */
const LASTING_MS = 500;

interface Node {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: Readonly<Record<string, unknown>>;
}
interface Task {
  readonly ID: string;
  readonly Status: { readonly State: string };
}
interface Service {
  readonly Version: { readonly Index: number };
  readonly Spec: Readonly<Record<string, unknown>> & {
    readonly TaskTemplate: { readonly ContainerSpec: Readonly<Record<string, unknown>> };
  };
  readonly UpdateStatus?: { readonly State?: string };
}

/** A state that the map has a name for, and when the engine first had it. Epoch milliseconds. */
export interface SeenState {
  readonly key: string;
  readonly atMs: number;
}

/** Changes the swarm of a lab by its engine's API and tells when. */
export class WatchedSwarm {
  readonly #engine: Docker;
  #rests = false;
  #version = 1;

  constructor(engine: Docker) {
    this.#engine = engine;
  }

  /** Pauses the lab's node or lets it go on: no task is touched by that. */
  async turnAvailability(): Promise<{ readonly key: string; readonly askedAtMs: number }> {
    const [node] = (await this.#engine.listNodes()) as unknown as Node[];
    if (node === undefined) throw new Error('the swarm has no node');
    this.#rests = !this.#rests;
    const Availability = this.#rests ? 'pause' : 'active';
    const askedAtMs = preciseNowMs();
    await this.#engine
      .getNode(node.ID)
      .update({ ...node.Spec, version: node.Version.Index, Availability } as object);
    return { key: `node node1 ${Availability}`, askedAtMs };
  }

  /** Six replicas to the next version, three at a time, new ones first. Resolves with the states that lasted. */
  async rollOut(signal: AbortSignal): Promise<SeenState[]> {
    const service = this.#engine.getService(SERVICE);
    const { Version, Spec } = (await service.inspect()) as Service;
    this.#version = this.#version === 2 ? 3 : 2;
    const Healthcheck = {
      Test: ['CMD', '/numbers-api', 'health'],
      Interval: SECOND_NS,
      Timeout: SECOND_NS,
      StartPeriod: 2 * SECOND_NS,
      Retries: 2,
    };
    const ContainerSpec = {
      ...Spec.TaskTemplate.ContainerSpec,
      Image: `numbers-api:v${this.#version}`,
      Healthcheck,
    };
    const known = new Set((await this.#states()).keys());
    await service.update({
      ...Spec,
      version: Version.Index,
      TaskTemplate: { ...Spec.TaskTemplate, ContainerSpec },
      UpdateConfig: { Parallelism: 3, Order: 'start-first', Monitor: 2 * SECOND_NS, FailureAction: 'pause' },
    });
    return this.#followUpdate(known, signal);
  }

  async #followUpdate(known: ReadonlySet<string>, signal: AbortSignal): Promise<SeenState[]> {
    const first = new Map<string, number>();
    const last = new Map<string, number>();
    const endsAtMs = Date.now() + DONE_WITHIN_MS;
    for (let round = 0; ; round++) {
      signal.throwIfAborted();
      const atMs = preciseNowMs();
      for (const key of (await this.#states()).keys()) {
        if (known.has(key)) continue;
        if (!first.has(key)) first.set(key, atMs);
        last.set(key, atMs);
      }
      if (round % 25 === 24 && (await this.#updateState()) === 'completed') break;
      if (Date.now() > endsAtMs) throw new Error(`the update was ${await this.#updateState()} for too long`);
      await delay(LOOK_EVERY_MS, undefined, { signal });
    }
    return [...first]
      .filter(([key, atMs]) => (last.get(key) ?? 0) - atMs >= LASTING_MS)
      .map(([key, atMs]) => ({ key, atMs }));
  }

  async #states(): Promise<ReadonlyMap<string, Task>> {
    const tasks = (await this.#engine.listTasks()) as Task[];
    return new Map(tasks.map((task) => [`task ${task.ID} ${task.Status.State}`, task]));
  }

  async #updateState(): Promise<string | undefined> {
    return ((await this.#engine.getService(SERVICE).inspect()) as Service).UpdateStatus?.State;
  }
}

/** On the clock that pages have, too. */
export function preciseNowMs(): number {
  return performance.timeOrigin + performance.now();
}
