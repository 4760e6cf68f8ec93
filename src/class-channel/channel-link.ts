import { LearnerClassEvent } from '#contract/class-help.ts';
import type { ServerSentEvent } from '../api-client/event-parser.ts';
import { EventStream } from '../api-client/event-stream.ts';
import { applyClassEvent, classState } from './class-channel.ts';

/** Browsers allow few connections to one server: pages that nobody sees let go of theirs. */
const REST_AFTER_MS = 20_000;

/** Keeps the channel open while the page is seen. After every connection the server says everything anew. */
export class ChannelLink {
  readonly #onRefused: () => void;
  readonly #closed = new AbortController();
  #stream: EventStream | null = null;
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param onRefused the server does not take this browser for a learner of a class any more */
  constructor(onRefused: () => void) {
    this.#onRefused = onRefused;
    const listen = { signal: this.#closed.signal };
    document.addEventListener('visibilitychange', () => this.#turn(), listen);
    window.addEventListener('online', () => this.#stream?.wake(), listen);
    // A page from the back/forward cache has lost its connections.
    window.addEventListener('pageshow', (event) => event.persisted && this.#stream?.wake(), listen);
    this.#turn();
  }

  close(): void {
    this.#closed.abort();
    clearTimeout(this.#restTimer);
    this.#rest();
    classState.value = null;
  }

  #turn(): void {
    clearTimeout(this.#restTimer);
    if (document.hidden) this.#restTimer = setTimeout(() => this.#rest(), REST_AFTER_MS);
    else this.#stream ??= this.#open();
  }

  #rest(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  #open(): EventStream {
    return new EventStream({
      path: '/api/me/class/events',
      onEvent: (event) => {
        const known = readClassEvent(event);
        if (known !== null) applyClassEvent(known);
      },
      onState: () => {},
      onRefused: () => this.#onRefused(),
    });
  }
}

/** `null` for events that this page does not know: a newer server may send them. */
function readClassEvent({ name, data }: ServerSentEvent): LearnerClassEvent | null {
  try {
    return LearnerClassEvent.safeParse({ type: name, ...JSON.parse(data) }).data ?? null;
  } catch {
    return null;
  }
}
