import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { WallReport } from '#contract/wall.ts';
import type { CapacityReport } from '../domain/capacity-report.ts';
import type { HostCapacity } from '../ports.ts';

export interface HealthRoutes {
  readonly version: string;
  readonly capacity: (signal: AbortSignal) => Promise<CapacityReport & HostCapacity>;
  /** As found at the start; `null` while it is being looked at. */
  readonly wall: () => WallReport | null;
  /** Strangers need not know which kernel and versions they face. */
  readonly mode: 'alone' | 'class';
}

/** For the operator and for set-up: is the server up, does the engine answer, how much room is left. */
export function healthRoutes(options: HealthRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/healthz', async (_request, reply) => {
      const capacity = await options.capacity(AbortSignal.timeout(3000)).catch(() => null);
      return reply.status(capacity === null ? 503 : 200).send({
        status: capacity === null ? 'engine unreachable' : 'ok',
        version: options.version,
        labs: capacity && labsOf(capacity),
        memoryAvailableBytes: capacity?.memoryAvailableBytes ?? null,
        diskFreeBytes: capacity?.diskFreeBytes ?? null,
        mode: options.mode,
        wall: options.mode === 'class' ? outline(options.wall()) : options.wall(),
      });
    });
  };
}

function outline(report: WallReport | null) {
  if (report === null) return null;
  const { holds, parts } = report;
  return { holds, parts: parts.map(({ part, state }) => ({ part, state })) };
}

function labsOf({ running, paused, changing, waiting, warm, maxLabs, roomFor }: CapacityReport) {
  return { running, paused, changing, waiting, warm, maxLabs, roomFor };
}
