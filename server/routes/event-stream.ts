import type { FastifyReply } from 'fastify';

const HEARTBEAT_MS = 15_000;

export interface EventStreamOptions {
  /** Before each sign of life. */
  readonly onHeartbeat?: () => void;
  /** All that was sent has left, after it had piled up. */
  readonly onDrained?: () => void;
  readonly onClosed: () => void;
}

/** Server-sent events (HTML standard, section 9.2) as the answer to a request. Whoever opens it bounds what piles up. */
export class EventStream {
  readonly #raw: FastifyReply['raw'];

  constructor(reply: FastifyReply, { onHeartbeat, onDrained, onClosed }: EventStreamOptions) {
    reply.hijack();
    this.#raw = reply.raw;
    this.#raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const heartbeat = setInterval(() => {
      onHeartbeat?.();
      // What piles up is sign of life enough, and need not grow.
      if (this.unsentBytes === 0) this.#raw.write(': still here\n\n');
    }, HEARTBEAT_MS);
    if (onDrained) this.#raw.on('drain', onDrained);
    this.#raw.once('close', () => {
      clearInterval(heartbeat);
      onClosed();
    });
  }

  get unsentBytes(): number {
    return this.#raw.writableLength;
  }

  send({ type, ...data }: { readonly type: string }): void {
    this.#raw.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    this.#raw.end();
  }

  /** Without waiting for what has not been read. */
  abandon(): void {
    this.#raw.destroy();
  }
}
