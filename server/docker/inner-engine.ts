import { Agent, type ClientRequest, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { addAbortSignal } from 'node:stream';

/** Far above what a swarm of this size answers; a larger answer is no answer. */
export const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;
const MAX_SOCKETS_PER_ENGINE = 8;
/** "Continue" and its like: an engine sends none, and a program that does nothing else would be listened to for long. */
const MAX_INFORMATIONS = 3;

export interface EngineResponse {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Parsed JSON, or `undefined` where the body was none. */
  readonly body: unknown;
}

/**
 * Requests to the engines inside lab nodes, over unix sockets that stay open between calls. What answers there
 * is a learner's engine: size and time are bounded, and nothing is assumed about the shape.
 */
export class InnerEngines {
  readonly #agent = new Agent({
    keepAlive: true,
    maxSockets: MAX_SOCKETS_PER_ENGINE,
    keepAliveMsecs: 30_000,
  });

  /** @throws for a socket that does not answer, or an answer beyond {@link MAX_RESPONSE_BYTES} */
  get(socketPath: string, path: string, signal: AbortSignal): Promise<EngineResponse> {
    return this.#call({ socketPath, path, signal });
  }

  /** @throws as {@link get} does */
  post(socketPath: string, path: string, body: object, signal: AbortSignal): Promise<EngineResponse> {
    const headers = { 'content-type': 'application/json' };
    return this.#call({ socketPath, path, signal, method: 'POST', headers }, JSON.stringify(body));
  }

  #call(options: RequestOptions, body?: string): Promise<EngineResponse> {
    return new Promise((resolve, reject) => {
      const call = request({ ...options, agent: this.#agent }, (response) => {
        readBody(response, options.signal).then((text) => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parse(text) });
        }, reject);
      });
      call.once('error', reject);
      limitInformations(call);
      call.end(body);
    });
  }

  /** An open-ended answer, on a connection of its own. The caller reads it to the end or destroys it. */
  open(socketPath: string, path: string, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const call = request({ socketPath, path, agent: false, signal }, resolve);
      call.once('error', reject);
      limitInformations(call);
      call.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function limitInformations(call: ClientRequest): void {
  let count = 0;
  call.on('information', () => {
    count += 1;
    if (count > MAX_INFORMATIONS) call.destroy(new Error('the engine only clears its throat'));
  });
}

/** The signal of a request holds for its head only. */
async function readBody(response: IncomingMessage, signal: AbortSignal | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (signal) addAbortSignal(signal, response);
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_RESPONSE_BYTES) throw new Error(`answer larger than ${MAX_RESPONSE_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
