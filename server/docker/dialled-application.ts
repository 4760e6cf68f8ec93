import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { z } from 'zod/mini';
import { LabError } from '../domain/lab-error.ts';
import type { Application, LabDialer, LabNodeRef, Reply } from '../ports.ts';

/** For a node to say whether something listens: one that is frozen says nothing. */
const DIAL_DEADLINE_MS = 700;
const MAX_ANSWER_BYTES = 4_096;
const MAX_HEADER_BYTES = 4_096;

/** What an answer may tell of who gave it. Anything else in it is passed over. */
const Named = z.object({ version: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$/)) });

/** Asks by plain HTTP over the lab's own sockets. */
export class DialledApplication implements Application {
  readonly #dialer: LabDialer;

  constructor(dialer: LabDialer) {
    this.#dialer = dialer;
  }

  async ask(
    node: LabNodeRef,
    { port, path }: { readonly port: number; readonly path: string },
    signal: AbortSignal,
  ): Promise<Reply> {
    let stream: Duplex;
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(DIAL_DEADLINE_MS)]);
      stream = await this.#dialer.dial(node, port, within);
    } catch (failure) {
      return { kind: failure instanceof LabError && failure.code === 'PORT_CLOSED' ? 'refused' : 'away' };
    }
    stream.on('error', () => {});
    try {
      return await answerTo(stream, { host: `${node.name}:${port}`, path }, signal);
    } catch {
      return { kind: 'silent' };
    } finally {
      stream.destroy();
    }
  }
}

function answerTo(
  stream: Duplex,
  { host, path }: { readonly host: string; readonly path: string },
  signal: AbortSignal,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request({
      createConnection: () => stream as Socket,
      headers: { host, accept: 'application/json', connection: 'close' },
      path,
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
    });
    call.once('error', reject);
    // What only clears its throat gives no answer.
    call.once('information', () => call.destroy(new Error('no answer but an information')));
    call.once('response', (response) => {
      readText(response).then((text) => {
        resolve({ kind: 'answered', status: response.statusCode ?? 0, version: versionIn(text) });
      }, reject);
    });
    call.end();
  });
}

/** The signal of the request ends this, too, with the stream. */
async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function versionIn(text: string): string | null {
  try {
    const named = Named.safeParse(JSON.parse(text));
    return named.success ? named.data.version : null;
  } catch {
    return null;
  }
}
