import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Preview, Previews } from '../domain/previews.ts';
import type { LabDialer } from '../ports.ts';
import type { PreviewAddress } from '../preview-address.ts';
import type { WebAddress } from '../web-address.ts';
import { faultOf } from './app-call.ts';
import { exchange } from './exchange.ts';
import { answerFault, type PreviewFault } from './preview-page.ts';
import type { Framing } from './response-headers.ts';
import { tunnel } from './tunnel.ts';

export interface PreviewGateOptions {
  readonly address: PreviewAddress;
  readonly site: Pick<WebAddress, 'cookieName'>;
  readonly previews: Previews;
  readonly dialer: LabDialer;
}

/** As long as a node keeps a quiet connection. */
const QUIET_LIMIT_MS = 15 * 60_000;

/**
 * Stands before the site: what comes under a preview's host name goes to the application that the name stands for, and
 * never meets the site's routes, hooks and cookies. All others pass by.
 */
export class PreviewGate {
  readonly #options: PreviewGateOptions;
  readonly #tunnels = new Set<Duplex>();

  constructor(options: PreviewGateOptions) {
    this.#options = options;
  }

  /** Whether this is no business of the site's. */
  claims(request: IncomingMessage): boolean {
    return this.#labelOf(request) !== null;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fail = (fault: PreviewFault, target = ''): void =>
      answerFault(request, response, fault, { target, frameAncestors: this.#frameAncestors });
    const preview = this.#previewOf(request);
    if (preview === null) return fail('over');
    const obstacle = obstacleTo(preview, request);
    const target = targetOf(preview);
    if (obstacle !== null) return fail(obstacle, target);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    response.once(
      'close',
      preview.hold(() => response.destroy()),
    );
    try {
      const { node, port } = preview.target;
      const connection = await this.#options.dialer.dial(node, port, gone.signal);
      connection.on('error', () => {});
      if (gone.signal.aborted) connection.destroy();
      else await exchange(connection, request, response, this.#framing(preview));
    } catch (failure) {
      fail(faultOf(failure), target);
    }
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const preview = this.#previewOf(request);
    if (preview === null) return refuse(socket, 404);
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return refuse(socket, 400);
    if (obstacleTo(preview, request) !== null) return refuse(socket, 503);
    (socket as Socket).setTimeout?.(QUIET_LIMIT_MS, () => socket.destroy());
    const release = preview.hold(() => socket.destroy());
    const gone = new AbortController();
    this.#tunnels.add(socket);
    socket.once('close', () => {
      gone.abort();
      release();
      this.#tunnels.delete(socket);
    });
    try {
      const { node, port } = preview.target;
      const connection = await this.#options.dialer.dial(node, port, gone.signal);
      connection.on('error', () => {});
      if (gone.signal.aborted) connection.destroy();
      else await tunnel(connection, request, socket, head, this.#framing(preview));
    } catch {
      refuse(socket, 502);
    }
  }

  /** A server that closes waits for all that was upgraded. */
  close(): void {
    for (const socket of this.#tunnels) socket.destroy();
  }

  get #frameAncestors(): string {
    return this.#options.address.frameAncestors();
  }

  #labelOf({ headers, rawHeaders }: IncomingMessage): string | null {
    // Of two, node reads the first; what stands before us may have read the second.
    const isOne = rawHeaders.filter((text, at) => at % 2 === 0 && /^host$/i.test(text)).length === 1;
    return isOne ? this.#options.address.labelOf(headers.host) : null;
  }

  #previewOf(request: IncomingMessage): Preview | null {
    const label = this.#labelOf(request);
    return label === null ? null : this.#options.previews.find(label);
  }

  #framing({ label, target }: Preview): Framing {
    const { address, site } = this.#options;
    return {
      appOrigin: new URL(`http://${target.node.name}:${target.port}`).origin,
      previewOrigin: address.originOf(label) ?? '',
      siteCookie: site.cookieName(),
      frameAncestors: this.#frameAncestors,
    };
  }
}

function targetOf({ target: { node, port } }: Preview): string {
  return `${node.name}:${port}`;
}

function obstacleTo({ target }: Preview, request: IncomingMessage): PreviewFault | null {
  const { session, node } = target;
  if (request.headers['service-worker'] !== undefined) return 'refused';
  // "GET http://elsewhere/" names a host of its own, beside the header.
  if (!request.url?.startsWith('/') || request.method === 'TRACE') return 'refused';
  if (session.status.state !== 'ready') return 'paused';
  // An unplugged node would answer us, who come by a socket; nobody else could reach it.
  return session.conditionOf(node.name) === 'on' ? null : 'silent';
}

function refuse(socket: Duplex, status: number): void {
  if (socket.destroyed) return;
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  // Whoever does not read the answer is not waited for.
  socket.once('finish', () => socket.destroy());
}
