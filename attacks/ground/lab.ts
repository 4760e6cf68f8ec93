import type Docker from 'dockerode';
import { execOutput } from '../../server/docker/exec-output.ts';
import type { LabEnvironment } from '../../server/ports.ts';
import { once } from './once.ts';
import { patiently } from './patience.ts';

const LAB_ENTER = '/opt/rollout-lab/bin/lab-enter';
const OUTPUT_LIMIT_BYTES = 256 * 1024;
const COMMAND_DEADLINE_MS = 60_000;

export interface Said {
  readonly exitCode: number;
  readonly output: string;
}

/** Image with the node's own shell and perl, put together by the learner inside the lab. */
export const TOOLS_IMAGE = 'attack-tools';

const WORST = '--cap-add ALL --security-opt seccomp=unconfined --security-opt apparmor=unconfined';

/** A lab as somebody hostile uses it. */
export class AttackLab {
  readonly environment: LabEnvironment;
  readonly #engine: Docker;
  readonly #tools: () => Promise<void>;

  constructor(environment: LabEnvironment, engine: Docker) {
    this.environment = environment;
    this.#engine = engine;
    this.#tools = once(() => this.#makeToolsImage());
  }

  container(node = 'node1'): Docker.Container {
    const found = this.environment.nodes.find(({ name }) => name === node);
    if (found === undefined) throw new Error(`the lab has no ${node}`);
    return this.#engine.getContainer(found.containerId);
  }

  /** In a shell of the learner. */
  learner(script: string, node = 'node1', deadlineMs = COMMAND_DEADLINE_MS): Promise<Said> {
    return this.#enter([LAB_ENTER, 'bash', '-c', script], node, deadlineMs);
  }

  /** As root of the lab's user namespace, where `docker run --pid host --cap-add ALL` leads too. */
  root(script: string, node = 'node1', deadlineMs = COMMAND_DEADLINE_MS): Promise<Said> {
    return this.#enter([LAB_ENTER, '-r', 'bash', '-c', script], node, deadlineMs);
  }

  /** In a container that the learner starts. */
  async inContainer(options: string, script: string, deadlineMs = COMMAND_DEADLINE_MS): Promise<Said> {
    await this.#tools();
    return this.learner(
      `docker run --rm --init=false ${options} ${TOOLS_IMAGE} bash -c ${quoted(script)}`,
      'node1',
      deadlineMs,
    );
  }

  /** The worst container that the learner's engine starts. */
  inWorstContainer(script: string, options = '', deadlineMs = COMMAND_DEADLINE_MS): Promise<Said> {
    return this.inContainer(`${WORST} ${options}`, script, deadlineMs);
  }

  async #enter(command: readonly string[], node: string, deadlineMs: number): Promise<Said> {
    const request = { command, maxOutputBytes: OUTPUT_LIMIT_BYTES };
    const said = await execOutput(this.container(node), request, AbortSignal.timeout(patiently(deadlineMs)));
    return { exitCode: said.exitCode, output: said.output.trim() };
  }

  async #makeToolsImage(): Promise<void> {
    const said = await this.learner(MAKE_TOOLS_IMAGE);
    if (said.exitCode !== 0) throw new Error(`no image with tools: ${said.output}`);
  }
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Only what the probes need: the whole node would fill the lab. */
const MAKE_TOOLS_IMAGE = `set -e
made=$(mktemp -d ~/tools.XXXXXX)
trap 'rm -rf "$made"' EXIT
mkdir -p "$made"/{etc,proc,sys,dev,tmp,run,root,usr/bin,usr/sbin,usr/lib,usr/lib64}
for link in bin sbin lib lib64; do ln -s usr/$link "$made"/$link; done
programs=$(for name in bash sh cat ls ln id grep mount umount mknod chmod stat dd sleep head tr perl nsenter unshare ip curl timeout true env date sync rm mkdir fallocate df tail yes uname; do type -P $name || echo /usr/sbin/$name; done)
libraries=$(ldd $programs | grep -o '/[^ ]*' | grep -v : | sort -u)
cp -L --parents $programs $libraries /etc/passwd "$made"
cp -RL --parents /usr/lib/*/perl-base "$made"
tar -C "$made" -c . | docker import --change 'ENV PATH=/usr/bin:/usr/sbin' - ${TOOLS_IMAGE} >/dev/null`;
