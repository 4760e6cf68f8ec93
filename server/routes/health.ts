import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { LabHost } from '../ports.ts';

export interface HealthRoutes {
  readonly host: LabHost;
  readonly version: string;
  readonly labsOpen: () => number;
}

/** For the operator and for set-up: is the server up, does the engine answer, how much room is left. */
export function healthRoutes(options: HealthRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/healthz', async (_request, reply) => {
      const capacity = await options.host.capacity(AbortSignal.timeout(3000)).catch(() => null);
      return reply.status(capacity === null ? 503 : 200).send({
        status: capacity === null ? 'engine unreachable' : 'ok',
        version: options.version,
        labsOpen: options.labsOpen(),
        memoryAvailableBytes: capacity?.memoryAvailableBytes ?? null,
        diskFreeBytes: capacity?.diskFreeBytes ?? null,
      });
    });
  };
}
