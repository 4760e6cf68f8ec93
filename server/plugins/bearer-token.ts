import type { FastifyRequest } from 'fastify';

/** The key of RFC 6750 that a request came with; `null` without, also where a proxy has a password of its own. */
export function bearerToken({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  return /^Bearer +(\S*)\s*$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
