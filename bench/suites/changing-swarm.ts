import { join } from 'node:path';
import Docker from 'dockerode';
import { shareRootOf } from '../../server/docker/share-root.ts';
import type { OpenedLab } from '../product/lab-run.ts';
import type { LearnerClient } from '../product/learner-client.ts';
import type { ProductServer } from '../product/product-server.ts';
import { VerdictWatch } from '../product/verdict-watch.ts';

const EXERCISE = '14.1-deploy';
export const CHECK = 'stack-deployed';
const SERVICE = 'numbers_numbers-api';
/** Without it a service is of no stack. No task starts or ends by it. */
const LABEL = 'com.docker.stack.namespace';
const VERDICT_DEADLINE_MS = 15_000;

interface Labelled {
  readonly Version: { readonly Index: number };
  readonly Spec: { readonly Labels: Readonly<Record<string, string>> };
}

/** Changes a deployed stack's service to and fro by the lab's engine, and watches what the page is told of it. */
export class ChangingSwarm implements AsyncDisposable {
  readonly #engine: Docker;
  readonly #watch: VerdictWatch;
  readonly #labels: Readonly<Record<string, string>>;
  #isStack = true;

  private constructor(engine: Docker, watch: VerdictWatch, labels: Readonly<Record<string, string>>) {
    this.#engine = engine;
    this.#watch = watch;
    this.#labels = labels;
  }

  static async of(
    server: ProductServer,
    { learner, lab }: { readonly learner: LearnerClient; readonly lab: OpenedLab },
  ): Promise<ChangingSwarm> {
    const { id } = await server.environmentOf(lab.terminal.terminalId);
    const socketPath = join(shareRootOf(server.dataDir), id, 'node1', 'engine.sock');
    const engine = new Docker({ socketPath });
    const { Spec } = (await engine.getService(SERVICE).inspect()) as Labelled;
    await learner.activate(lab.session.id, EXERCISE);
    const watch = new VerdictWatch((signal) => learner.events(lab.session.id, signal));
    return new ChangingSwarm(engine, watch, Spec.Labels);
  }

  /** From the request to the lab's engine to the event with the verdict. */
  async changeToVerdictMs(signal: AbortSignal): Promise<number> {
    return (await this.change(signal)).verdictMs;
  }

  /** @returns when it was asked for, on the clock of pages, what the check must then say, and the time until it did */
  async change(
    signal: AbortSignal,
  ): Promise<{ readonly askedAtMs: number; readonly isPassed: boolean; readonly verdictMs: number }> {
    const wait = { deadlineMs: VERDICT_DEADLINE_MS, signal };
    await this.#watch.when(CHECK, this.#isStack, wait);
    const service = this.#engine.getService(SERVICE);
    const { Version, Spec } = (await service.inspect()) as Labelled;
    const { [LABEL]: _taken, ...others } = this.#labels;
    const Labels = this.#isStack ? others : this.#labels;
    const askedAtMs = performance.now();
    await service.update({ ...Spec, version: Version.Index, Labels });
    this.#isStack = !this.#isStack;
    const verdictMs = (await this.#watch.when(CHECK, this.#isStack, wait)) - askedAtMs;
    return { askedAtMs: performance.timeOrigin + askedAtMs, isPassed: this.#isStack, verdictMs };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watch[Symbol.asyncDispose]();
  }
}
