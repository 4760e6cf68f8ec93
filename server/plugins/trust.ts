import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CSRF_HEADER } from '#contract/api.ts';
import { LabError } from '../domain/lab-error.ts';
import type { WebAddress } from '../web-address.ts';
import { bearerToken } from './bearer-token.ts';

export interface TrustOptions {
  readonly address: WebAddress;
}

const SAFE_METHODS = new Set(['GET', 'HEAD']);
/** What the operator and set-up ask on the machine itself. */
const LOCAL_PATH = '/healthz';

/**
 * A local server that opens shells is a target for every web page. Before routing: the Host must be ours (DNS
 * rebinding), a given Origin must be ours (cross-site requests), and unsafe methods need a header that a foreign
 * page can't send; a key to the API is one, too: with it, no cookie counts.
 */
export function addTrust(app: FastifyInstance, { address }: TrustOptions): void {
  app.addHook('onRequest', async (request) => {
    checkHost(request.raw, address);
    checkOrigin(request.raw, address);
    if (!SAFE_METHODS.has(request.method) && bearerToken(request) === null) checkUnsafe(request, address);
  });
}

/** For WebSocket upgrades, which don't pass the hooks; a browser always sends an Origin there. */
export function checkUpgrade(request: IncomingMessage, { address }: TrustOptions): void {
  checkHost(request, address);
  if (request.headers.origin === undefined)
    throw new LabError('FORBIDDEN_ORIGIN', 'WebSocket without an Origin');
  checkOrigin(request, address);
}

function checkHost(request: IncomingMessage, address: WebAddress): void {
  // Of two, node reads the first; what stands before us may have read the second.
  const isOne = request.rawHeaders.filter((text, at) => at % 2 === 0 && /^host$/i.test(text)).length === 1;
  const host = isOne ? request.headers.host?.toLowerCase() : undefined;
  const hosts = [...address.origins()].map((origin) => new URL(origin).host);
  const isLocal = request.url === LOCAL_PATH && address.localHosts().has(host ?? '');
  if (host === undefined || !(hosts.includes(host) || isLocal)) {
    throw new LabError('FORBIDDEN_HOST', 'request for a host that is not ours');
  }
  // "GET http://elsewhere/" names a host of its own, beside the header.
  if (!request.url?.startsWith('/')) throw new LabError('REQUEST_INVALID', 'the address is not a path');
}

function checkOrigin(request: IncomingMessage, address: WebAddress): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  if (!address.origins().has(origin)) throw new LabError('FORBIDDEN_ORIGIN', 'request from a foreign origin');
}

/** A given Origin has been found to be ours before. */
function checkUnsafe(request: FastifyRequest, address: WebAddress): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isSameOrigin =
    origin === undefined ? site === undefined || site === 'same-origin' : address.origins().has(origin);
  if (!isSameOrigin || request.headers[CSRF_HEADER] === undefined) {
    throw new LabError('FORBIDDEN_ORIGIN', `unsafe request without ${CSRF_HEADER} or from elsewhere`);
  }
}
