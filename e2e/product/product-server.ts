import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { expectNothingLeft } from './leftovers.ts';
import { poll } from './poll.ts';
import { DATA_BASE_DIR, ENGINE_URL, NODE_BINARY, NODE_IMAGE, ROOT_DIR } from './settings.ts';

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 40_000;
const KEPT_LOG_CHARS = 200_000;

export interface ServerSettings {
  /** Further variables of docs/operations.md. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The product's server as its own process, with its own port and data folder, on the real engine. */
export class ProductServer {
  readonly dataDir: string;
  readonly port: number;
  readonly #env: Record<string, string>;
  #child: ChildProcess | null = null;
  #log = '';
  #launchLink = '';

  private constructor(dataDir: string, port: number, settings: ServerSettings) {
    this.dataDir = dataDir;
    this.port = port;
    const { PATH = '', HOME = '/root' } = process.env;
    this.#env = {
      PATH,
      HOME,
      ROLLOUT_LAB_PORT: String(port),
      ROLLOUT_LAB_DATA_DIR: dataDir,
      ROLLOUT_LAB_ENGINE: ENGINE_URL,
      ROLLOUT_LAB_NODE_IMAGE: NODE_IMAGE,
      ...settings.env,
    };
  }

  static async start(settings: ServerSettings = {}): Promise<ProductServer> {
    await mkdir(DATA_BASE_DIR, { recursive: true });
    const dataDir = await mkdtemp(join(DATA_BASE_DIR, 'rollout-lab-e2e-'));
    const server = new ProductServer(dataDir, await freePort(), settings);
    try {
      await server.startAgain();
    } catch (failure) {
      await server.dispose().catch(() => {});
      throw failure;
    }
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? -1;
  }

  get hasEnded(): boolean {
    return this.#child === null || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** The process that faces the web: the only child that the broker has. */
  async webPid(): Promise<number> {
    const children = await readFile(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8');
    return Number(children.trim().split(' ')[0]);
  }

  get log(): string {
    return this.#log;
  }

  /** What the server printed at its last start; works once. In class mode where the instructor begins. */
  get launchLink(): string {
    return this.#launchLink;
  }

  /** A further link, made the way its user makes one. */
  async newLink(): Promise<string> {
    const { stdout } = await promisify(execFile)(NODE_BINARY, ['server/cli/link.ts'], {
      cwd: ROOT_DIR,
      env: this.#env,
    });
    return stdout.trim();
  }

  async owner(): Promise<string> {
    return (await readFile(join(this.dataDir, 'owner-id'), 'utf8')).trim();
  }

  /** Starts the server, also after it was killed: same port, same data. */
  async startAgain(): Promise<void> {
    const child = spawn(NODE_BINARY, ['server/main.ts'], {
      cwd: ROOT_DIR,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
      this.#log = (this.#log + chunk.toString()).slice(-KEPT_LOG_CHARS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    // A test runner that dies takes its servers along.
    process.once('exit', () => child.kill('SIGKILL'));
    this.#launchLink = await poll(
      'server is up',
      () => {
        if (child.exitCode !== null) throw new Error(`the server ended (${child.exitCode}):\n${output}`);
        return /\/ Open: +(http:\/\/\S+)/.exec(output)?.[1];
      },
      START_DEADLINE_MS,
    );
  }

  /** To the whole of the server. */
  async signal(name: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    for (const pid of [this.pid, await this.webPid()]) process.kill(pid, name);
  }

  /** The way a crash looks: no chance to say goodbye. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Stops as Ctrl-C does. @throws {Error} when it does not end in time or not with 0 */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    try {
      await poll('server ends', () => child.exitCode !== null || child.signalCode !== null, STOP_DEADLINE_MS);
    } catch (failure) {
      child.kill('SIGKILL');
      throw failure;
    }
    if (child.exitCode !== 0) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}`);
  }

  /** Stops the server and makes sure that nothing of it is left. */
  async dispose(): Promise<void> {
    const owner = await this.owner().catch(() => null);
    try {
      await this.stop();
      if (owner !== null) await expectNothingLeft(owner, this.dataDir);
    } finally {
      await rm(this.dataDir, { recursive: true, force: true });
    }
  }
}
