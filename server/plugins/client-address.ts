import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { WebAddress } from '../web-address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the browser, as far as that can be known. */
    clientAddress: string;
  }
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

export function addClientAddress(app: FastifyInstance, address: WebAddress): void {
  app.decorateRequest('clientAddress', '');
  app.addHook('onRequest', async (request) => {
    request.clientAddress = clientAddressOf(request.raw, address);
  });
}

/**
 * Anybody can send `X-Forwarded-For`. It is believed only from the proxy on this machine, and of it only the last
 * entry, which that proxy wrote itself.
 */
export function clientAddressOf(
  request: IncomingMessage,
  { isBehindProxy }: Pick<WebAddress, 'isBehindProxy'>,
): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  if (!isBehindProxy || !LOOPBACK.test(peer)) return peer;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return forwarded !== undefined && isIP(forwarded) !== 0 ? forwarded : peer;
}
