import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** Describes every route that is marked with `api`, from the schemas by which it answers (OpenAPI 3.1). Before them. */
export async function addApiDescription(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rollout Lab',
        version,
        description: 'What an instructor’s own programs may ask about a class. Times are epoch milliseconds.',
      },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }],
    },
    transform: (route) =>
      route.route.config?.api === undefined
        ? { schema: { hide: true }, url: route.url }
        : jsonSchemaTransform(route),
  });
  app.get('/api/openapi.json', { config: { api: 'read' } }, async () => app.swagger());
}
