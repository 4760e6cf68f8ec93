import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type Docker from 'dockerode';
import {
  type FoundEnvironment,
  findEnvironments,
  removeEverything,
} from '../../server/docker/found-environments.ts';
import { ownerIdOf } from '../../server/owner-id.ts';
import { NodeChild } from '../harness/child-process.ts';
import { execSucceeds } from '../harness/engine-exec.ts';
import { poll } from '../harness/wait.ts';
import { LearnerClient } from './learner-client.ts';

export interface ProductServerOptions {
  readonly engine: Docker;
  /** `ROLLOUT_LAB_…` of the caller; the bench overrules what it must. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly warmLabs: number;
  /** Another program in the place of `server/main.ts`, with the same settings and output. */
  readonly script?: string;
  readonly signal: AbortSignal;
}

const START_DEADLINE_MS = 30_000;
/** The server itself gives up after 25 s. */
const STOP_DEADLINE_MS = 26_000;
const QUIET_DEADLINE_MS = 60_000;
const REMOVE_DEADLINE_MS = 30_000;

/**
 * The real server as a process of its own: own port, own data folder, own labs, so that one which runs on this
 * machine already is not touched. Disposing ends it and removes what it may have left.
 */
export class ProductServer implements AsyncDisposable {
  readonly learner: LearnerClient;
  readonly dataDir: string;
  /** From the start of the process to its link on standard output. */
  readonly startMs: number;
  readonly #child: NodeChild;
  readonly #owner: string;
  readonly #options: ProductServerOptions;

  private constructor(
    child: NodeChild,
    learner: LearnerClient,
    place: { dataDir: string; owner: string; startMs: number },
    options: ProductServerOptions,
  ) {
    this.#child = child;
    this.learner = learner;
    this.dataDir = place.dataDir;
    this.startMs = place.startMs;
    this.#owner = place.owner;
    this.#options = options;
  }

  static async start(options: ProductServerOptions): Promise<ProductServer> {
    // A short path: the labs' sockets lie 56 characters below it, and a socket's path ends at 107.
    const dataDir = await mkdtemp(join(tmpdir(), 'rl-bench-'));
    const owner = await ownerIdOf(dataDir);
    const startedAtMs = performance.now();
    const child = new NodeChild({
      name: 'the server',
      script: options.script ?? resolve(import.meta.dirname, '../../server/main.ts'),
      env: {
        ...options.environment,
        ROLLOUT_LAB_HOST: '127.0.0.1',
        ROLLOUT_LAB_PORT: '0',
        ROLLOUT_LAB_DATA_DIR: dataDir,
        ROLLOUT_LAB_WARM: String(options.warmLabs),
        ROLLOUT_LAB_LOG_LEVEL: 'warn',
        ROLLOUT_LAB_ON_EXIT: 'close',
        ROLLOUT_LAB_MAX_LABS: undefined,
      },
      stopMs: STOP_DEADLINE_MS,
    });
    try {
      const wait = { what: 'the server to start', deadlineMs: START_DEADLINE_MS, signal: options.signal };
      const link = await child.printed(/(http:\/\/[\w.:[\]-]+)\/#t=([A-Za-z0-9_-]{43})/, wait);
      const startMs = performance.now() - startedAtMs;
      const learner = await LearnerClient.signIn(link[1] ?? '', link[2] ?? '', options.signal);
      await wallLookedAt(learner.origin, options.signal);
      return new ProductServer(child, learner, { dataDir, owner, startMs }, options);
    } catch (failure) {
      await child[Symbol.asyncDispose]();
      await cleanUp(options.engine, owner, dataDir);
      throw failure;
    }
  }

  get pid(): number {
    return this.#child.pid;
  }

  /**
   * Waits until exactly this many labs exist and all of them have booted: nothing is being removed or filled up
   * in the background while the next run is timed.
   */
  async whenQuiet(labs: number): Promise<FoundEnvironment[]> {
    const booted = new Set<string>();
    return poll(
      {
        what: `the server to have ${labs} booted labs`,
        deadlineMs: QUIET_DEADLINE_MS,
        signal: this.#options.signal,
        everyMs: 100,
      },
      async () => {
        const found = await this.environments();
        if (found.length !== labs) return null;
        for (const environment of found) {
          if (booted.has(environment.id)) continue;
          if (await this.#hasBooted(environment)) booted.add(environment.id);
          else return null;
        }
        return found;
      },
    );
  }

  /** The environment in which a terminal's shell runs. */
  async environmentOf(terminalId: string): Promise<FoundEnvironment> {
    const socket = `/lab/share/terminals/${terminalId}.sock`;
    for (const environment of await this.environments()) {
      const [node] = environment.nodes;
      if (node !== undefined && (await this.#inNode(node.containerId, ['test', '-S', socket])))
        return environment;
    }
    throw new Error(`no lab of the server has the socket of terminal ${terminalId}`);
  }

  environments(): Promise<FoundEnvironment[]> {
    return findEnvironments(this.#options.engine, this.#owner);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
    await cleanUp(this.#options.engine, this.#owner, this.dataDir);
  }

  /** The node's init leaves this mark when its engine answers and its images are there. */
  async #hasBooted({ nodes, state }: FoundEnvironment): Promise<boolean> {
    if (nodes.length === 0 || state !== 'running') return false;
    const marks = nodes.map((node) => this.#inNode(node.containerId, ['test', '-e', '/lab/share/ready']));
    return (await Promise.all(marks)).every(Boolean);
  }

  /** A node that vanishes meanwhile has not. */
  #inNode(containerId: string, command: readonly string[]): Promise<boolean> {
    return execSucceeds(this.#options.engine, containerId, command).catch(() => false);
  }
}

/** After its start the server looks at the wall, on a lab of its own: no time for measuring anything. */
async function wallLookedAt(origin: string, signal: AbortSignal): Promise<void> {
  const wait = { what: 'the first look at the wall', deadlineMs: QUIET_DEADLINE_MS, signal, everyMs: 100 };
  await poll(wait, async () => {
    const answer = await fetch(`${origin}/healthz`, { signal });
    const { wall } = (await answer.json()) as { readonly wall: unknown };
    return wall ?? null;
  });
}

async function cleanUp(engine: Docker, owner: string, dataDir: string): Promise<void> {
  const signal = AbortSignal.timeout(REMOVE_DEADLINE_MS);
  try {
    const left = await findEnvironments(engine, owner);
    await Promise.all(left.map((environment) => removeEverything(engine, environment.id, signal)));
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
