import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { runProgram } from '../harness/child-process.ts';
import { poll } from '../harness/wait.ts';
import { promptSeen } from '../terminal-talk.ts';
import { openPtyLink } from './pty-link.ts';

interface SetupOptions {
  readonly engine: Docker;
  readonly engineUrl: string;
  readonly nodeImage: string;
  readonly nodes: number;
  readonly signal: AbortSignal;
}

const LABEL = 'rollout-lab.bench-setup';
const COMMAND_DEADLINE_MS = 90_000;
const READY_DEADLINE_MS = 60_000;
const IMAGES = '/opt/rollout-lab/images.tar';
/** As good as `--privileged`, which not every machine allows. */
const RIGHTS = [
  ...['--cap-add', 'ALL', '--cap-drop', 'SYS_RESOURCE'],
  ...['--security-opt', 'seccomp=unconfined', '--security-opt', 'apparmor=unconfined'],
];
/** What the usual image of Docker in Docker does at its start: the daemon with its defaults, which starts containerd. */
const START = `
mount -o remount,rw /proc/sys
mount -o remount,rw /sys/fs/cgroup
rm -f /etc/docker/daemon.json /etc/containerd/config.toml
exec dockerd -H unix:///var/run/docker.sock --default-runtime crun --add-runtime crun=/usr/bin/crun`;

/**
 * The set-up by hand that guides show: containers with all rights and a daemon in its defaults, asked until it answers,
 * then `docker swarm init`, `docker swarm join`, and `docker load` of the course's images on each node. The programs
 * are those of our node image, so that versions are the same; nothing else of it is used. All nodes go side by side.
 */
export class HandMadeSetup implements AsyncDisposable {
  readonly #options: SetupOptions;
  readonly #id = `bench${randomBytes(4).toString('hex')}`;

  private constructor(options: SetupOptions) {
    this.#options = options;
  }

  /** The network is there before the clock starts. */
  static async prepare(options: SetupOptions): Promise<HandMadeSetup> {
    const setup = new HandMadeSetup(options);
    await setup.#docker(['network', 'create', '--internal', '--label', LABEL, setup.#id]);
    return setup;
  }

  /** All nodes in one swarm, with the images; half of them, rounded up, are managers. */
  async build(): Promise<void> {
    const names = Array.from({ length: this.#options.nodes }, (_, index) => `${this.#id}-${index + 1}`);
    const [first = '', ...others] = names;
    await Promise.all(names.map((name) => this.#boot(name)));
    const address = (await this.#exec(first, ['hostname', '-i'])).trim();
    await this.#exec(first, ['docker', 'swarm', 'init', '--advertise-addr', address]);
    const managers = Math.ceil(names.length / 2);
    for (const [index, name] of others.entries()) {
      const role = index + 1 < managers ? 'manager' : 'worker';
      const token = (await this.#exec(first, ['docker', 'swarm', 'join-token', '-q', role])).trim();
      await this.#exec(name, ['docker', 'swarm', 'join', '--token', token, `${address}:2377`]);
    }
    await Promise.all(names.map((name) => this.#exec(name, ['docker', 'load', '-q', '-i', IMAGES])));
  }

  /** @returns `performance.now()` when the prompt of a shell in the first node stood there */
  async prompt(): Promise<number> {
    const command = ['docker', 'exec', '-it', `${this.#id}-1`, 'bash', '--norc'];
    await using shell = openPtyLink(command, { DOCKER_HOST: this.#options.engineUrl }, '\x15exit\r');
    return await promptSeen(shell, { deadlineMs: COMMAND_DEADLINE_MS, signal: this.#options.signal });
  }

  async #boot(name: string): Promise<void> {
    const { nodeImage, signal } = this.#options;
    await this.#docker([
      ...['run', '-d', ...RIGHTS, '--name', name, '--hostname', name.replace(/^.*-/, 'node')],
      ...['--label', LABEL, '--network', this.#id, '--volume', '/var/lib/docker', '--tmpfs', '/run'],
      ...['--entrypoint', 'bash', nodeImage, '-c', START],
    ]);
    const wait = { what: 'a hand-made engine', deadlineMs: READY_DEADLINE_MS, signal, everyMs: 50 };
    await poll(wait, () => this.#exec(name, ['docker', 'info']).catch(() => null));
  }

  #exec(name: string, command: readonly string[]): Promise<string> {
    return this.#docker(['exec', name, ...command]);
  }

  /** Not cut short when the bench is stopped: a container that is half-way made would be missed by the clean-up. */
  async #docker(args: readonly string[]): Promise<string> {
    const env = { DOCKER_HOST: this.#options.engineUrl, DOCKER_CONTEXT: undefined };
    return runProgram('docker', args, { deadlineMs: COMMAND_DEADLINE_MS, env });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { engine } = this.#options;
    const filters = { label: [LABEL], name: [this.#id] };
    const left = await engine.listContainers({ all: true, filters });
    await Promise.all(left.map(({ Id }) => engine.getContainer(Id).remove({ force: true, v: true })));
    await engine
      .getNetwork(this.#id)
      .remove()
      .catch(() => {});
  }
}
