import type { FastifyRequest } from 'fastify';
import type { ApiScope } from '#contract/class-grades.ts';
import type { ApiToken, ApiTokenStore } from '../domain/class/grades/grade-stores.ts';
import { LabError } from '../domain/lab-error.ts';
import { bearerToken } from './bearer-token.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Part of the documented API: an instructor's key of this scope opens it, too. */
    api?: ApiScope;
  }
  interface FastifyRequest {
    /** The key that the instructor's program came with. */
    apiToken: ApiToken | null;
  }
}

/**
 * The key of a request that has one. Every route that is not part of the API is closed to it.
 * @throws {LabError} API_TOKEN_INVALID, API_TOKEN_NOT_HERE, API_TOKEN_READ_ONLY, COHORT_UNKNOWN
 */
export function apiTokenOf(request: FastifyRequest, store: ApiTokenStore, nowMs: number): ApiToken | null {
  const secret = bearerToken(request);
  if (secret === null) return null;
  const token = store.use(secret, nowMs);
  if (token === null) throw new LabError('API_TOKEN_INVALID', 'key unknown, revoked or expired');
  const { api } = request.routeOptions.config;
  if (api === undefined) throw new LabError('API_TOKEN_NOT_HERE', 'the route is not part of the API');
  if (api === 'care' && token.scope !== 'care')
    throw new LabError('API_TOKEN_READ_ONLY', 'the key may only read');
  const { cohort } = request.params as { readonly cohort?: string };
  if (cohort !== undefined && token.cohort !== null && token.cohort !== cohort)
    throw new LabError('COHORT_UNKNOWN', 'the key is for another cohort');
  return token;
}
