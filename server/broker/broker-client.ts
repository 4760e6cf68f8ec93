import type { Duplex } from 'node:stream';
import { LabError } from '../domain/lab-error.ts';
import { cleanUpMsOf, deadlineMsOf } from './deadlines.ts';
import { MessageChannel } from './message-channel.ts';
import { BrokerReply, type Call, type Failure, type Results, type Step, type Verb } from './messages.ts';

const MAX_REPLY_BYTES = 16 * 1024 * 1024;
const MAX_PENDING_BYTES = 64 * 1024 * 1024;

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly onStep?: ((step: Step) => void) | undefined;
  readonly onOutput?: ((chunk: Buffer) => void) | undefined;
}

interface OpenCall {
  readonly options: CallOptions;
  readonly resolve: (result: unknown) => void;
  readonly reject: (failure: unknown) => void;
}

export interface BrokerClientOptions {
  readonly stream: Duplex;
  /** The server is to end in order. */
  readonly onStop: (signal: string) => void;
  /** There is no broker any more. */
  readonly onGone: () => void;
}

/** The other end of {@link Broker}, in the process that faces the web. */
export class BrokerClient {
  readonly #channel: MessageChannel;
  readonly #calls = new Map<number, OpenCall>();
  readonly #onStop: (signal: string) => void;
  #lastId = 0;
  #isGone = false;

  constructor({ stream, onStop, onGone }: BrokerClientOptions) {
    this.#onStop = onStop;
    this.#channel = new MessageChannel(stream, {
      maxMessageBytes: MAX_REPLY_BYTES,
      maxPendingBytes: MAX_PENDING_BYTES,
      onMessage: (message) => this.#take(BrokerReply.parse(message)),
      onEnd: () => {
        this.#isGone = true;
        for (const call of this.#calls.values()) call.reject(gone());
        this.#calls.clear();
        onGone();
      },
    });
  }

  /**
   * @throws {LabError} of the call; ENGINE_UNREACHABLE when the broker does not answer
   * @throws the signal's reason, once a call that was cancelled has undone what it had begun
   */
  async call<V extends Verb>(
    call: Call<V> extends infer C ? Omit<C, 'id'> & { verb: V } : never,
    options: CallOptions,
  ): Promise<Results[V]> {
    const { verb } = call;
    const { signal } = options;
    signal.throwIfAborted();
    if (this.#isGone) throw gone();
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const silent = (): void =>
      reject(new LabError('ENGINE_UNREACHABLE', `the broker did not answer "${verb}"`));
    let patience = setTimeout(silent, deadlineMsOf(verb) + cleanUpMsOf(verb));
    const cancel = (): void => {
      clearTimeout(patience);
      patience = setTimeout(silent, cleanUpMsOf(verb));
      this.#channel.send({ id, verb: 'cancel' });
    };
    signal.addEventListener('abort', cancel, { once: true });
    this.#calls.set(id, { options, resolve, reject });
    try {
      this.#channel.send({ ...call, id });
      return (await promise) as Results[V];
    } finally {
      clearTimeout(patience);
      signal.removeEventListener('abort', cancel);
      this.#calls.delete(id);
    }
  }

  #take(reply: BrokerReply): void {
    if ('stop' in reply) {
      this.#onStop(reply.stop);
      return;
    }
    // An answer that comes after our patience has ended has nobody waiting.
    const call = this.#calls.get(reply.id);
    if (call === undefined) return;
    if ('step' in reply) call.options.onStep?.(reply.step);
    else if ('output' in reply) call.options.onOutput?.(Buffer.from(reply.output, 'base64'));
    else if ('failure' in reply) call.reject(errorOf(reply.failure, call.options.signal));
    else call.resolve(reply.result);
  }
}

function errorOf({ code, message, params }: Failure, signal: AbortSignal): unknown {
  if (code !== null) return new LabError(code, message, { params });
  return signal.aborted ? signal.reason : new Error(message);
}

function gone(): LabError {
  return new LabError('ENGINE_UNREACHABLE', 'the process that holds the engine has ended');
}
