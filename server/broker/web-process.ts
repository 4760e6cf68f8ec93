import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type Config, webEnvironment } from '../config.ts';
import { inheritedDescriptors } from './inherited.ts';
import { rightsLeft, type ServerSplit } from './server-split.ts';
import type { WebLaunch } from './web-launch.ts';

/** Descriptor of the channel to us, in the web process. */
export const CHANNEL_FD = 3;
/** For the orderly end of the server: closing labs takes the most of it. */
export const STOP_DEADLINE_MS = 24_500;
/** For the last lines, should a process that outlives the web process hold its output. */
const LAST_LINES_MS = 1_000;

/** The process that faces the web, as our child. */
export class WebProcess {
  readonly channel: Duplex;
  readonly #child: ChildProcess;
  readonly #launch: WebLaunch;
  /** Its exit code, 1 for one that a signal has ended. */
  readonly ended: Promise<number>;

  constructor(config: Config, launch: WebLaunch) {
    this.#launch = launch;
    this.#child = spawnAsWeb(config, launch, 'server/web.ts');
    this.channel = this.#child.stdio[CHANNEL_FD] as Duplex;
    this.ended = endOf(this.#child);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  split(): ServerSplit {
    const { user, reason } = this.#launch;
    if (user === null) return { state: 'missing', detail: reason };
    const rights = rightsLeft(this.#child.pid ?? 0, user);
    if (rights !== null) return { state: 'missing', detail: `the web process has kept rights: ${rights}` };
    return { state: 'holds', detail: `the web process is user ${user.uid} without capabilities` };
  }
}

/** Starts one of our programs as the user that faces the web. What it prints, we print. */
export function spawnAsWeb(
  config: Config,
  launch: WebLaunch,
  script: string,
  more: readonly string[] = [],
): ChildProcess {
  const [file = '', ...args] = [...launch.command, process.execPath, join(config.rootDir, script)];
  args.push(inheritedDescriptors(CHANNEL_FD).join(','), ...more);
  const child = spawn(file, args, {
    cwd: config.rootDir,
    env: webEnvironment(config),
    // Neither a terminal's descriptor nor its session: either would let it type into the shell of root.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  copyText(child.stdout, process.stdout);
  copyText(child.stderr, process.stderr);
  return child;
}

export function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      const done = (): void => resolve(code ?? 1);
      child.once('close', done);
      setTimeout(done, LAST_LINES_MS).unref();
    });
  });
}

/** Text only: what is printed may come from somebody who got into the process, and our terminal is root's. */
function copyText(from: NodeJS.ReadableStream | null, to: NodeJS.WriteStream): void {
  from?.setEncoding('utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
  from?.on('data', (text: string) => to.write(text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')));
}
