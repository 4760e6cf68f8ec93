import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CSRF_HEADER } from '#contract/api.ts';
import { LabError } from '../domain/lab-error.ts';

export interface TrustOptions {
  /** Exact `host:port` values that a browser may have in its address bar for this server. */
  readonly allowedHosts: () => ReadonlySet<string>;
}

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/**
 * A local server that opens shells is a target for every web page. Before routing: the Host must be ours (DNS
 * rebinding), a given Origin must be ours (cross-site requests), and unsafe methods need a header that a foreign
 * page can't send.
 */
export function addTrust(app: FastifyInstance, options: TrustOptions): void {
  app.addHook('onRequest', async (request) => {
    checkHost(request.raw, options);
    checkOrigin(request.raw, options);
    if (!SAFE_METHODS.has(request.method)) checkUnsafe(request, options);
  });
}

/** For WebSocket upgrades, which don't pass the hooks; a browser always sends an Origin there. */
export function checkUpgrade(request: IncomingMessage, options: TrustOptions): void {
  checkHost(request, options);
  if (request.headers.origin === undefined)
    throw new LabError('FORBIDDEN_ORIGIN', 'WebSocket without an Origin');
  checkOrigin(request, options);
}

function checkHost(request: IncomingMessage, options: TrustOptions): void {
  const host = request.headers.host?.toLowerCase();
  if (host === undefined || !options.allowedHosts().has(host)) {
    throw new LabError('FORBIDDEN_HOST', 'request for a host that is not ours');
  }
}

function checkOrigin(request: IncomingMessage, options: TrustOptions): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  if (!isOurs(origin, options)) throw new LabError('FORBIDDEN_ORIGIN', 'request from a foreign origin');
}

function checkUnsafe(request: FastifyRequest, options: TrustOptions): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const sameOrigin =
    origin === undefined ? site === undefined || site === 'same-origin' : isOurs(origin, options);
  if (!sameOrigin || request.headers[CSRF_HEADER] === undefined) {
    throw new LabError('FORBIDDEN_ORIGIN', `unsafe request without ${CSRF_HEADER} or from elsewhere`);
  }
}

function isOurs(origin: string, options: TrustOptions): boolean {
  const match = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase());
  return match?.[1] !== undefined && options.allowedHosts().has(match[1]);
}
