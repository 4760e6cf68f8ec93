import { ExerciseVerdict } from '#contract/api.ts';
import { type Wait, within } from '../harness/wait.ts';
import { labEvents } from './lab-events.ts';

type OpenEvents = (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;

/** Follows the verdicts on a lab's active exercise, as a page does. */
export class VerdictWatch implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #reading: Promise<void>;
  #passed: ReadonlySet<string> | null = null;
  #look = Promise.withResolvers<void>();

  constructor(open: OpenEvents) {
    this.#reading = this.#read(open).catch((failure: unknown) => this.#look.reject(failure));
    this.#look.promise.catch(() => {});
  }

  /** @returns `performance.now()` when a check's verdict is this, or now where it is so already */
  async when(check: string, isPassed: boolean, wait: Omit<Wait, 'what'>): Promise<number> {
    const what = `the verdict on ${check} to be ${isPassed ? 'passed' : 'another'}`;
    const giveUpAtMs = performance.now() + wait.deadlineMs;
    while (this.#passed === null || this.#passed.has(check) !== isPassed) {
      const deadlineMs = Math.max(0, giveUpAtMs - performance.now());
      await within({ ...wait, what, deadlineMs }, this.#look.promise);
    }
    return performance.now();
  }

  async #read(open: OpenEvents): Promise<void> {
    for await (const { type, data } of labEvents(await open(this.#stop.signal))) {
      if (type !== 'verdict') continue;
      const { verdict } = JSON.parse(data) as { verdict: unknown };
      const { checks } = ExerciseVerdict.parse(verdict);
      this.#passed = new Set(checks.filter((one) => one.verdict === 'passed').map(({ id }) => id));
      this.#look.resolve();
      this.#look = Promise.withResolvers();
      this.#look.promise.catch(() => {});
    }
    throw new Error('the event stream ended');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('nobody watches any more'));
    await this.#reading;
  }
}
