import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiTokenId, NewApiToken } from '#contract/class-grades.ts';
import type { ApiTokens } from '../../domain/class/grades/api-tokens.ts';
import { requireInstructor } from '../../plugins/sign-in.ts';

export interface ApiTokenRoutes {
  readonly apiTokens: ApiTokens;
}

const perMinute = { rateLimit: { max: 60, timeWindow: 60_000 } };

/** An instructor's own keys to the API. A key makes no keys: these routes want the page's login. */
export function apiTokenRoutes({ apiTokens }: ApiTokenRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/api/api-tokens', async (request) => ({ tokens: apiTokens.listOf(requireInstructor(request)) }));

    app.post(
      '/api/api-tokens',
      { schema: { body: NewApiToken }, config: { ...perMinute, audit: 'api-token-create' } },
      async (request, reply) => {
        const made = apiTokens.make(requireInstructor(request), request.body);
        request.auditTarget = made.view.id;
        return reply.status(201).send(made);
      },
    );

    app.delete(
      '/api/api-tokens/:token',
      {
        schema: { params: z.strictObject({ token: ApiTokenId }) },
        config: { ...perMinute, audit: 'api-token-revoke' },
      },
      async (request, reply) => {
        apiTokens.revoke(requireInstructor(request), request.params.token);
        return reply.status(204).send();
      },
    );
  };
}
