import { setTimeout as delay } from 'node:timers/promises';
import { deployStack } from './deploy-stack.ts';
import { extraLearners } from './extra-learners.ts';
import { type OpenedLab, startToPrompt } from './lab-run.ts';
import type { LearnerClient } from './learner-client.ts';
import type { ProductServer } from './product-server.ts';

interface Context {
  readonly engineUrl: string;
  readonly signal: AbortSignal;
}

export interface SeatedLearner {
  readonly learner: LearnerClient;
  readonly lab: OpenedLab;
  readonly container: string;
}

/** A class on one server: every learner has a lab in which the stack of 14.1 runs, and a terminal. */
export class LabClass {
  readonly seats: SeatedLearner[] = [];
  readonly #context: Context;
  readonly #server: ProductServer;
  readonly #waiting: LearnerClient[];

  private constructor(context: Context, server: ProductServer, learners: LearnerClient[]) {
    this.#context = context;
    this.#server = server;
    this.#waiting = learners;
  }

  /** Learners for so many labs are signed in; none has one yet. */
  static async of(context: Context, server: ProductServer, size: number): Promise<LabClass> {
    const { dataDir, learner } = server;
    const others = await extraLearners({ dataDir, origin: learner.origin }, size - 1, context.signal);
    return new LabClass(context, server, [learner, ...others]);
  }

  /** Starts labs one after the other until there are so many, with the stack in each. */
  async growTo(count: number): Promise<void> {
    while (this.seats.length < count) {
      const seat = await this.#seat();
      await deployStack(seat.container, this.#context.engineUrl, this.#context.signal);
    }
  }

  /** One more lab, as it is when fresh. */
  async growByFresh(): Promise<SeatedLearner> {
    return this.#seat();
  }

  async closeLast(): Promise<void> {
    const last = this.seats.pop();
    if (last === undefined) return;
    await last.lab.terminal[Symbol.asyncDispose]();
    await last.learner.closeLab(last.lab.session.id);
    this.#waiting.unshift(last.learner);
  }

  /** So many learners without a lab; what they do is up to the caller. */
  leaveOut(count: number): LearnerClient[] {
    return this.#waiting.splice(0, count);
  }

  /** All pages are closed: nobody looks at any lab. */
  async leave(): Promise<void> {
    await Promise.all(this.seats.map(({ lab }) => lab.terminal.leave()));
  }

  /** What has just been deployed comes to rest. */
  rest(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: this.#context.signal });
  }

  async #seat(): Promise<SeatedLearner> {
    const learner = this.#waiting.shift();
    if (learner === undefined) throw new Error('every learner of the class has a lab');
    const lab = await startToPrompt(learner, this.#context.signal);
    const { nodes } = await this.#server.environmentOf(lab.terminal.terminalId);
    const seat = { learner, lab, container: nodes[0]?.containerId ?? '' };
    this.seats.push(seat);
    return seat;
  }
}
