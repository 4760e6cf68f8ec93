import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { LabEvent } from '#contract/api.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LabSessions } from '../domain/lab-sessions.ts';
import type { LoginConnections } from '../domain/login-connections.ts';
import { requireLogin } from '../plugins/sign-in.ts';
import { ownSession, SessionParams } from './lab-sessions.ts';

export interface LabEventRoutes {
  readonly sessions: LabSessions;
  readonly loginConnections: LoginConnections;
}

const HEARTBEAT_MS = 15_000;
/** A page that reads this little will never catch up: it reconnects and gets the whole state. */
const UNSENT_LIMIT_BYTES = 1024 * 1024;
const STREAMS_PER_LEARNER = 20;

/** Server-sent events of one lab session; the whole state first. Ends with the login session that asked for it. */
export function labEventRoutes({ sessions, loginConnections }: LabEventRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    const open = new Map<string, number>();
    app.get(
      '/api/lab-sessions/:id/events',
      { schema: { params: SessionParams }, config: { rateLimit: { max: 240, timeWindow: 60_000 } } },
      async (request, reply) => {
        const login = requireLogin(request);
        const session = ownSession(sessions, request);
        const streams = open.get(session.learnerId) ?? 0;
        if (streams >= STREAMS_PER_LEARNER)
          throw new LabError('TOO_MANY_REQUESTS', `${streams} event streams are open`);
        open.set(session.learnerId, streams + 1);

        reply.hijack();
        const { raw } = reply;
        raw.writeHead(200, {
          ...(reply.getHeaders() as Record<string, string>),
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        });
        const write = (text: string): void => {
          raw.write(text);
          if (raw.writableLength > UNSENT_LIMIT_BYTES) raw.destroy();
        };
        const send = (event: LabEvent): void => {
          const { type, ...data } = event;
          write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
        };
        const disconnect = session.connect(send);
        const letGo = loginConnections.hold(login.id, () => raw.end());
        // A page that comes back to a frozen lab wakes it; the outcome arrives as a session event.
        sessions
          .wake(session)
          .catch((failure: unknown) => request.log.warn({ err: failure }, 'lab could not be resumed'));
        const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
        raw.once('close', () => {
          clearInterval(heartbeat);
          letGo();
          disconnect();
          const left = (open.get(session.learnerId) ?? 1) - 1;
          if (left > 0) open.set(session.learnerId, left);
          else open.delete(session.learnerId);
        });
      },
    );
  };
}
