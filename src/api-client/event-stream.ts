import { backOffMs } from './back-off.ts';
import { EventParser, type ServerSentEvent } from './event-parser.ts';
import { LabProblem } from './lab-problem.ts';
import { problemOf } from './request.ts';

/** Without a byte (events or comment pings) for this long, the connection counts as dead. */
const SILENCE_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;

export type StreamState = 'live' | 'reconnecting';

export interface EventStreamOptions {
  readonly path: string;
  readonly onEvent: (event: ServerSentEvent) => void;
  readonly onState: (state: StreamState) => void;
  /** The server refused for good (signed out, lab closed): the stream stays closed. */
  readonly onRefused: (problem: LabProblem) => void;
}

/**
 * A server-sent event stream over `fetch`: unlike `EventSource` it sees status and problem document, notices
 * silence, and connects again at once when the network or the page comes back. Whoever opens it closes it.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  #stopped = new AbortController();
  #wake: (() => void) | null = null;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    void this.#run(this.#stopped.signal);
  }

  /** Skips the rest of a back-off wait. */
  wake(): void {
    this.#wake?.();
  }

  close(): void {
    this.#stopped.abort();
    this.wake();
  }

  async #run(stopped: AbortSignal): Promise<void> {
    let attempt = 0;
    while (!stopped.aborted) {
      try {
        await this.#readOnce(stopped, () => {
          attempt = 0;
        });
      } catch (fault) {
        if (stopped.aborted) return;
        if (fault instanceof LabProblem && !fault.isRetryable) {
          this.#options.onRefused(fault);
          return;
        }
      }
      if (stopped.aborted) return;
      this.#options.onState('reconnecting');
      await this.#wait(backOffMs(attempt++));
    }
  }

  /** Ends when the server ends the stream; throws when it could not be opened or breaks. */
  async #readOnce(stopped: AbortSignal, onFirstPiece: () => void): Promise<void> {
    const silence = new AbortController();
    const signal = AbortSignal.any([stopped, silence.signal]);
    let timer = setTimeout(() => silence.abort(), CONNECT_TIMEOUT_MS);
    try {
      const response = await fetch(this.#options.path, { headers: { accept: 'text/event-stream' }, signal });
      if (!response.ok) throw await problemOf(response);
      if (!response.body) return;
      this.#options.onState('live');
      const parser = new EventParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        const { done, value } = await reader.read();
        if (done) return;
        onFirstPiece();
        for (const event of parser.feed(value)) this.#options.onEvent(event);
      }
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
