import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type Docker from 'dockerode';
import { parse } from 'yaml';
import { LabDefinition } from '#contract/definitions.ts';
import { removeEverything } from '../../server/docker/found-environments.ts';
import { homeArchive } from '../../server/docker/home-archive.ts';
import { makeLabNetwork } from '../../server/docker/lab-network.ts';
import { subnetOf, uidBaseOf } from '../../server/docker/lab-slots.ts';
import { labelsOf, nodeContainerOptions } from '../../server/docker/node-container.ts';
import { runProgram } from '../harness/child-process.ts';
import { docker } from '../harness/docker-program.ts';
import { poll } from '../harness/wait.ts';
import type { TerminalLink } from '../terminal-link.ts';
import { promptSeen } from '../terminal-talk.ts';
import { dockerRunFlags } from './docker-run-flags.ts';
import { openPtyLink } from './pty-link.ts';
import { withoutWall } from './without-wall.ts';

export interface HandMadeOptions {
  readonly engine: Docker;
  readonly engineUrl: string;
  readonly nodeImage: string;
  readonly lab: string;
  /** `false`: the engine runs straight in the container; then nobody gets a shell by `lab-enter`. */
  readonly hasWall?: boolean;
  readonly signal: AbortSignal;
}

const LABS_DIR = resolve(import.meta.dirname, '../../labs');
/** Should this process be killed, any later server on the engine removes what is left after this time. */
const LIFETIME_MS = 15 * 60_000;
const READY_DEADLINE_MS = 60_000;
const COMMAND_DEADLINE_MS = 30_000;

/**
 * What somebody does without us: `docker run` of the node image, ask until it is ready, `docker exec -it`. Same
 * image, options and limits as a lab of ours; the network is there before the clock starts, no folder is shared and
 * no files are copied, so the comparison leans to its side. Disposing removes everything.
 */
export class HandMadeNode implements AsyncDisposable {
  readonly #options: HandMadeOptions;
  readonly #environmentId: string;
  readonly #name: string;
  readonly #runFlags: readonly string[];

  private constructor(
    options: HandMadeOptions,
    made: { environmentId: string; name: string; runFlags: readonly string[] },
  ) {
    this.#options = options;
    this.#environmentId = made.environmentId;
    this.#name = made.name;
    this.#runFlags = made.runFlags;
  }

  static async prepare(options: HandMadeOptions): Promise<HandMadeNode> {
    const environmentId = `bench${randomBytes(4).toString('hex')}`;
    try {
      const runFlags = await planRun(options, environmentId);
      return new HandMadeNode(options, {
        environmentId,
        name: `rl-${environmentId}-node1`,
        runFlags,
      });
    } catch (failure) {
      await removeEverything(options.engine, environmentId, AbortSignal.timeout(COMMAND_DEADLINE_MS));
      throw failure;
    }
  }

  get containerName(): string {
    return this.#name;
  }

  /** @returns `performance.now()` when the prompt stood there */
  async runToPrompt(): Promise<number> {
    await this.runToReady();
    return this.#execToPrompt();
  }

  async runToReady(): Promise<void> {
    await this.#docker(['run', '-d', ...this.#runFlags]);
    await this.#whenReady();
  }

  /** A fresh node in the place of the old one. */
  async resetToPrompt(): Promise<number> {
    await this.remove();
    return this.runToPrompt();
  }

  async remove(): Promise<void> {
    await this.#docker(['rm', '--force', '--volumes', this.#name]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The signal may have ended the bench already; this must happen all the same.
    await removeEverything(
      this.#options.engine,
      this.#environmentId,
      AbortSignal.timeout(COMMAND_DEADLINE_MS),
    );
  }

  /** The init's mark: the engine answers and the course's images are loaded, without which nobody can deploy. */
  async #whenReady(): Promise<void> {
    const ask = ['exec', this.#name, 'test', '-e', '/lab/share/ready'];
    await poll(
      {
        what: 'the hand-made node to be ready',
        deadlineMs: READY_DEADLINE_MS,
        signal: this.#options.signal,
        everyMs: 50,
      },
      () => this.#docker(ask).catch(() => null),
    );
  }

  /** The lab's files, which the product copies at a lab's start. */
  async fillHome(): Promise<void> {
    const { engineUrl, signal, lab } = this.#options;
    const input = await homeArchive(join(LABS_DIR, lab, 'files'), null);
    await docker(['exec', '-i', this.#name, 'lab-enter', 'tar', '-x'], { engineUrl, signal, input });
  }

  async #execToPrompt(): Promise<number> {
    await using shell = this.openShell();
    return await promptSeen(shell, { deadlineMs: COMMAND_DEADLINE_MS, signal: this.#options.signal });
  }

  openShell(): TerminalLink {
    const command = ['docker', 'exec', '-it', this.#name, 'lab-enter'];
    return openPtyLink(command, { DOCKER_HOST: this.#options.engineUrl }, '\x15exit\r');
  }

  /** Not cut short when the bench is stopped: a container that is half-way made would be missed by the clean-up. */
  async #docker(args: readonly string[]): Promise<string> {
    const env = { DOCKER_HOST: this.#options.engineUrl, DOCKER_CONTEXT: undefined };
    return runProgram('docker', args, { deadlineMs: COMMAND_DEADLINE_MS, env });
  }
}

/** Takes a slot (subnet and uid range) like any lab, and writes the options of a lab node as flags. */
async function planRun(options: HandMadeOptions, environmentId: string): Promise<string[]> {
  const { engine, lab, hasWall = true } = options;
  const definition = LabDefinition.parse(parse(await readFile(join(LABS_DIR, lab, 'lab.yaml'), 'utf8')));
  const info = (await engine.info()) as { CgroupVersion?: string; SecurityOptions?: string[] };
  const createdAtMs = Date.now();
  const facts = {
    owner: environmentId,
    environmentId,
    createdAtMs,
    expiresAtMs: createdAtMs + LIFETIME_MS,
    definition,
  };
  const networkName = `rl-${environmentId}`;
  const slot = await makeLabNetwork(engine, networkName, false, (taken: number) =>
    labelsOf({ ...facts, slot: taken }),
  );
  const address = subnetOf(slot).nodeAddress(0);
  const node = nodeContainerOptions({
    ...facts,
    slot,
    uidBase: uidBaseOf(slot),
    image: options.nodeImage,
    nodeName: 'node1',
    address,
    hosts: `node1=${address}`,
    networkName,
    volumeName: '',
    shareFolder: null,
    // The engine takes the profile's text, the docker program its path.
    seccompProfile: resolve(LABS_DIR, 'images/node/seccomp.json'),
    hasAppArmor: (info.SecurityOptions ?? []).some((option) => option.includes('apparmor')),
    cgroupVersion: info.CgroupVersion === '2' ? '2' : '1',
    egress: null,
    allowsUnfiltered: true,
  });
  return dockerRunFlags(hasWall ? node : withoutWall(node));
}
