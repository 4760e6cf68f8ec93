import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { WebSocket } from 'ws';
import { CSRF_HEADER } from '../../contract/api.ts';
import { TERMINAL_PROTOCOL, TICKET_PROTOCOL_PREFIX } from '../../contract/terminal-protocol.ts';

const DEADLINE_MS = 60_000;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Without cookie and header, as a foreign page or nobody would. */
  readonly isBare?: boolean;
}

/** A signed-in learner with a browser that obeys its owner rather than the page. */
export class HostileBrowser {
  readonly port: number;
  cookie = '';
  /** The Set-Cookie line as it came. */
  cookieLine = '';

  constructor(port: number) {
    this.port = port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async signIn(launchLink: string): Promise<Answer> {
    const launchToken = /#t=(\S+)/.exec(launchLink)?.[1];
    const answer = await this.ask('POST', '/api/login', { body: { launchToken } });
    this.cookieLine = answer.headers['set-cookie']?.[0] ?? '';
    this.cookie = this.cookieLine.split(';', 1)[0] ?? '';
    return answer;
  }

  /** The path is sent as it is. */
  async ask(method: string, path: string, { headers = {}, body, isBare = false }: Ask = {}): Promise<Answer> {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const own = {
      ...(isBare ? {} : { origin: this.origin, cookie: this.cookie, [CSRF_HEADER]: '1' }),
      ...(text === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(text)}` }),
    };
    const sent = request({
      host: '127.0.0.1',
      port: this.port,
      method,
      path,
      headers: { host: `127.0.0.1:${this.port}`, ...own, ...headers },
      signal: AbortSignal.timeout(DEADLINE_MS),
      agent: false,
    });
    sent.end(text);
    const [response] = await once(sent, 'response');
    let received = '';
    // An event stream never ends: its first bytes are enough.
    for await (const chunk of response) {
      received += chunk;
      if (received.length > 100_000 || response.headers['content-type']?.startsWith('text/event-stream'))
        break;
    }
    return { status: response.statusCode, headers: response.headers, text: received };
  }

  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, text } = await this.ask(method, path, body === undefined ? {} : { body });
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 200)}`);
    return JSON.parse(text) as T;
  }

  socket(terminal: string, ticket: string | null, headers: Readonly<Record<string, string>> = {}): WebSocket {
    const protocols = [TERMINAL_PROTOCOL, ...(ticket === null ? [] : [TICKET_PROTOCOL_PREFIX + ticket])];
    return new WebSocket(`ws://127.0.0.1:${this.port}/ws/terminals/${terminal}`, protocols, {
      headers: withoutEmpty({ origin: this.origin, cookie: this.cookie, ...headers }),
      handshakeTimeout: 10_000,
    });
  }

  /** HTTP status with which an upgrade is answered; 101 when it is taken. */
  async upgrade(
    terminal: string,
    ticket: string | null,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<number> {
    const socket = this.socket(terminal, ticket, headers);
    socket.on('error', () => {});
    const status = await new Promise<number>((resolve) => {
      socket.once('open', () => resolve(101));
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.once('close', () => resolve(0));
    });
    socket.terminate();
    return status;
  }

  /** How a good connection ends after these frames. */
  async closeCodeAfter(
    terminal: string,
    ticket: string,
    frames: readonly (Buffer | string)[],
  ): Promise<number> {
    const socket = this.socket(terminal, ticket);
    await once(socket, 'open', { signal: AbortSignal.timeout(10_000) });
    const closed = once(socket, 'close', { signal: AbortSignal.timeout(10_000) });
    for (const frame of frames) socket.send(frame);
    const [code] = await closed;
    return code as number;
  }
}

/** An empty value leaves a header out. */
function withoutEmpty(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}
