import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { LabEvent } from '#contract/api.ts';
import type { LabSessions } from '../domain/lab-sessions.ts';
import { ownSession, SessionParams } from './lab-sessions.ts';

const HEARTBEAT_MS = 15_000;
/** A page that reads this little will never catch up: it reconnects and gets the whole state. */
const UNSENT_LIMIT_BYTES = 1024 * 1024;
const STREAMS_PER_SESSION = 20;

/** Server-sent events of one lab session; the whole state first. */
export function labEventRoutes(sessions: LabSessions): FastifyPluginAsyncZod {
  return async (app) => {
    const open = new Map<string, number>();
    app.get('/api/lab-sessions/:id/events', { schema: { params: SessionParams } }, async (request, reply) => {
      const session = ownSession(sessions, request);
      const streams = open.get(session.id) ?? 0;
      if (streams >= STREAMS_PER_SESSION) return reply.status(429).send();
      open.set(session.id, streams + 1);

      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const send = (event: LabEvent): void => {
        const { type, ...data } = event;
        raw.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
        if (raw.writableLength > UNSENT_LIMIT_BYTES) raw.destroy();
      };
      const disconnect = session.connect(send);
      // A page that comes back to a frozen lab wakes it; the outcome arrives as a session event.
      sessions
        .resume(session)
        .catch((failure: unknown) => request.log.warn({ err: failure }, 'lab could not be resumed'));
      const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
      raw.once('close', () => {
        clearInterval(heartbeat);
        disconnect();
        const left = (open.get(session.id) ?? 1) - 1;
        if (left > 0) open.set(session.id, left);
        else open.delete(session.id);
      });
    });
  };
}
