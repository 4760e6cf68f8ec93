import { resolve } from 'node:path';
import { NodeChild } from '../harness/child-process.ts';
import type { CellNews } from './simulated-learner.ts';

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 10_000;
const PRINTED = /site (\S+) cookie (\S+) cohort (\S+) control (\S+)/;

/** The server with its class as a process of its own. */
export class ClassChild implements AsyncDisposable {
  readonly pid: number;
  readonly origin: string;
  readonly cookie: string;
  readonly cohort: string;
  readonly #control: string;
  readonly #child: NodeChild;

  private constructor(child: NodeChild, printed: RegExpExecArray) {
    const [, origin = '', cookie = '', cohort = '', control = ''] = printed;
    this.#child = child;
    this.pid = child.pid;
    this.origin = origin;
    this.cookie = cookie;
    this.cohort = cohort;
    this.#control = control;
  }

  static async start(learners: number, signal: AbortSignal): Promise<ClassChild> {
    const child = new NodeChild({
      name: 'the server of a class',
      script: resolve(import.meta.dirname, 'class-server.ts'),
      args: [String(learners)],
      stopMs: STOP_DEADLINE_MS,
    });
    try {
      const wait = { what: 'the class to be seated', deadlineMs: START_DEADLINE_MS, signal };
      return new ClassChild(child, await child.printed(PRINTED, wait));
    } catch (failure) {
      await child[Symbol.asyncDispose]();
      throw failure;
    }
  }

  /** Things that learners do, all together. */
  async pace(perSecond: number): Promise<void> {
    await fetch(`${this.#control}/pace?${perSecond}`);
  }

  /** Cells that have changed since this was last asked. */
  async news(): Promise<CellNews[]> {
    return (await (await fetch(`${this.#control}/news`)).json()) as CellNews[];
  }

  /** What a page gets first, in bytes, and when it was all there after the request. */
  async firstState(signal: AbortSignal): Promise<Buffer> {
    const stop = new AbortController();
    const response = await fetch(`${this.origin}/api/cohorts/${this.cohort}/live`, {
      headers: { cookie: this.cookie },
      signal: AbortSignal.any([signal, stop.signal]),
    });
    let text = '';
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece;
      if (text.includes('"more":false}\n\n')) break;
    }
    stop.abort();
    return Buffer.from(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
  }
}
