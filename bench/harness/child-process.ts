import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { poll, type Wait, within } from './wait.ts';

const END_WITH_PARENT = fileURLToPath(import.meta.resolve('../end-with-parent.mjs'));
const KEPT_OUTPUT_CHARS = 64 * 1024;

export interface NodeChildOptions {
  /** Names the process in messages. */
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Between SIGTERM and SIGKILL. */
  readonly stopMs: number;
}

/**
 * A Node process of the bench, in a process group of its own so that Ctrl-C reaches it through us, in order.
 * Disposing ends it.
 */
export class NodeChild implements AsyncDisposable {
  readonly #name: string;
  readonly #stopMs: number;
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #exited: Promise<unknown>;
  #stdout = '';
  #stderr = '';

  constructor(options: NodeChildOptions) {
    this.#name = options.name;
    this.#stopMs = options.stopMs;
    this.#process = spawn(
      process.execPath,
      ['--import', END_WITH_PARENT, options.script, ...(options.args ?? [])],
      { env: { ...process.env, ...options.env }, stdio: ['pipe', 'pipe', 'pipe'], detached: true },
    );
    this.#exited = once(this.#process, 'exit');
    this.#exited.catch(() => {});
    this.#process.stdin.on('error', () => {});
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout = (this.#stdout + text).slice(-KEPT_OUTPUT_CHARS);
    });
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_OUTPUT_CHARS);
    });
  }

  /** @throws when the process could not be started */
  get pid(): number {
    if (this.#process.pid === undefined) throw new Error(`${this.#name} did not start`);
    return this.#process.pid;
  }

  get hasExited(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** The first match in what the process prints. @throws with the end of its error output when it ends before */
  async printed(pattern: RegExp, wait: Wait): Promise<RegExpExecArray> {
    return poll({ ...wait, everyMs: 20 }, () => {
      const match = pattern.exec(this.#stdout);
      if (match === null && this.hasExited) throw new Error(`${this.#name} ended: ${this.#lastWords()}`);
      return match;
    });
  }

  /** Errors and warnings only: what the server prints to stdout has secrets in it. */
  #lastWords(): string {
    const text = this.#stderr.trim().replace(/\s+/g, ' ').slice(-600);
    return text === '' ? `exit code ${this.#process.exitCode}, no message` : text;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.pid === undefined || this.hasExited) return;
    this.#process.kill('SIGTERM');
    const wait = {
      what: `${this.#name} to end`,
      deadlineMs: this.#stopMs,
      signal: new AbortController().signal,
    };
    await within(wait, this.#exited).catch(() => this.#process.kill('SIGKILL'));
  }
}

export interface RunOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a program to its end and gives what it printed. @throws with its error output when it fails */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  return new Promise((resolved, rejected) => {
    const child = execFile(
      file,
      [...args],
      {
        env: { ...process.env, ...options.env },
        timeout: options.deadlineMs,
        killSignal: 'SIGKILL',
        signal: options.signal,
        maxBuffer: 8 * 1024 * 1024,
      },
      (failure, stdout, stderr) => {
        if (failure === null) return resolved(stdout);
        const words = stderr.trim().replace(/\s+/g, ' ').slice(-400);
        rejected(
          new Error(`${file} ${args.slice(0, 3).join(' ')}: ${words || failure.message}`, { cause: failure }),
        );
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input ?? '');
  });
}
