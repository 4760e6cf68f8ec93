import type { FastifyReply } from 'fastify';
import { LabError } from '../domain/lab-error.ts';
import type { LoginConnections } from '../domain/login-connections.ts';
import type { LoginSession } from '../domain/stores.ts';

const HEARTBEAT_MS = 15_000;
/** A page that reads this little will never catch up: it reconnects and gets the whole state. */
const UNSENT_LIMIT_BYTES = 1024 * 1024;
const STREAMS_PER_PERSON = 20;

type Send<Event> = (event: Event) => void;

export interface NewStream<Event> {
  readonly login: LoginSession;
  /** Whose streams are counted together. */
  readonly owner: string;
  /** Called once the stream is open. @returns called when it has ended, whoever ended it */
  readonly connect: (send: Send<Event>) => () => void;
}

/** Streams of server-sent events of one kind. Each ends with the login session that asked for it. */
export class EventStreams {
  readonly #loginConnections: LoginConnections;
  readonly #open = new Map<string, number>();

  constructor(loginConnections: LoginConnections) {
    this.#loginConnections = loginConnections;
  }

  /** Answers with a stream. @throws {LabError} TOO_MANY_REQUESTS */
  answer<Event extends { readonly type: string }>(reply: FastifyReply, stream: NewStream<Event>): void {
    const { login, owner, connect } = stream;
    const count = this.#open.get(owner) ?? 0;
    if (count >= STREAMS_PER_PERSON)
      throw new LabError('TOO_MANY_REQUESTS', `${count} event streams are open`);
    this.#open.set(owner, count + 1);

    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const write = (text: string): void => {
      raw.write(text);
      if (raw.writableLength > UNSENT_LIMIT_BYTES) raw.destroy();
    };
    const disconnect = connect(({ type, ...data }) =>
      write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`),
    );
    const letGo = this.#loginConnections.hold(login.id, () => raw.end());
    const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
    raw.once('close', () => {
      clearInterval(heartbeat);
      letGo();
      disconnect();
      this.#leave(owner);
    });
  }

  #leave(owner: string): void {
    const left = (this.#open.get(owner) ?? 1) - 1;
    if (left > 0) this.#open.set(owner, left);
    else this.#open.delete(owner);
  }
}
