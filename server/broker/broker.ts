import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../domain/lab-error.ts';
import type { Log } from '../domain/log.ts';
import { deadlineMsOf } from './deadlines.ts';
import { MessageChannel } from './message-channel.ts';
import { type BrokerReply, BrokerRequest, type Call, type Failure } from './messages.ts';
import type { CallContext, Verbs } from './verbs.ts';

const MAX_REQUEST_BYTES = 512 * 1024;
const MAX_PENDING_BYTES = 16 * 1024 * 1024;
const MAX_CALLS = 256;
const MAX_FAILURE_CHARS = 1_000;

export interface BrokerOptions {
  readonly stream: Duplex;
  readonly verbs: Verbs;
  readonly log: Log;
  /** Of the channel. A failure means that the other side does not keep to the protocol. */
  readonly onEnd: (failure: Error | null) => void;
}

/** Answers the calls of the process that faces the web. Takes nothing from it but the messages of the closed set. */
export class Broker {
  readonly #verbs: Verbs;
  readonly #log: Log;
  readonly #channel: MessageChannel;
  readonly #calls = new Map<number, AbortController>();
  readonly #work = new Set<Promise<void>>();

  constructor({ stream, verbs, log, onEnd }: BrokerOptions) {
    this.#verbs = verbs;
    this.#log = log;
    this.#channel = new MessageChannel(stream, {
      maxMessageBytes: MAX_REQUEST_BYTES,
      maxPendingBytes: MAX_PENDING_BYTES,
      onMessage: (message) => this.#take(message),
      onEnd: (failure) => {
        for (const call of this.#calls.values()) call.abort(new Error('the caller has gone'));
        onEnd(failure);
      },
    });
  }

  /** Asks the other side to end in order. */
  askToStop(signal: string): void {
    this.#send({ stop: signal });
  }

  /** Ends what runs, and waits until it has undone what it had begun. */
  async close(deadlineMs: number): Promise<void> {
    this.#channel.close();
    await Promise.race([Promise.allSettled(this.#work), sleep(deadlineMs)]);
  }

  #take(message: unknown): void {
    const parsed = BrokerRequest.safeParse(message);
    if (!parsed.success) {
      this.#refuse(message, parsed.error.issues.map(({ path }) => path.join('.')).join(', '));
      return;
    }
    const request = parsed.data;
    if (request.verb === 'cancel') this.#calls.get(request.id)?.abort(new Error('the caller cancelled'));
    else if (this.#calls.has(request.id)) this.#refuse(request, 'id');
    else if (this.#calls.size >= MAX_CALLS) this.#refuse(request, 'too many calls');
    else {
      const work = this.#answer(request).finally(() => this.#work.delete(work));
      this.#work.add(work);
    }
  }

  /** Our own code never sends such a thing: whoever sees this in the log has something to look into. */
  #refuse(message: unknown, what: string): void {
    const { id, verb } = (message ?? {}) as { id?: unknown; verb?: unknown };
    this.#log.error({ verb: String(verb).slice(0, 40), what: what.slice(0, 200) }, 'broker refused a call');
    if (!Number.isSafeInteger(id) || this.#calls.has(id as number)) return;
    const failure = { code: 'REQUEST_INVALID', message: `the broker refused: ${what}`, params: {} } as const;
    this.#send({ id: id as number, failure });
  }

  async #answer(call: Call): Promise<void> {
    const { id, verb } = call;
    const controller = new AbortController();
    this.#calls.set(id, controller);
    const context: CallContext = {
      signal: AbortSignal.any([controller.signal, AbortSignal.timeout(deadlineMsOf(verb))]),
      onStep: (step) => this.#send({ id, step }),
      onOutput: (chunk) => this.#send({ id, output: chunk.toString('base64') }),
    };
    try {
      // TypeScript can't follow that each verb gets its own kind of call.
      const perform = this.#verbs[verb] as (call: Call, context: CallContext) => Promise<unknown>;
      const result = await perform(call, context);
      this.#send({ id, result });
    } catch (failure) {
      if (!(failure instanceof LabError) && !context.signal.aborted) {
        this.#log.error({ err: failure, verb }, 'broker call failed');
      }
      this.#send({ id, failure: failureOf(failure) });
    } finally {
      this.#calls.delete(id);
    }
  }

  #send(reply: BrokerReply): void {
    this.#channel.send(reply);
  }
}

function failureOf(failure: unknown): Failure {
  const message = (failure instanceof Error ? failure.message : String(failure)).slice(0, MAX_FAILURE_CHARS);
  if (failure instanceof LabError) return { code: failure.code, message, params: { ...failure.params } };
  return { code: null, message, params: {} };
}
