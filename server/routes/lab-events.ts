import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { LabEvent } from '#contract/api.ts';
import type { LabSessions } from '../domain/lab-sessions.ts';
import type { LoginConnections } from '../domain/login-connections.ts';
import { requireLogin } from '../plugins/sign-in.ts';
import { EventStreams } from './event-streams.ts';
import { ownSession, SessionParams } from './lab-sessions.ts';

export interface LabEventRoutes {
  readonly sessions: LabSessions;
  readonly loginConnections: LoginConnections;
}

/** Server-sent events of one lab session; the whole state first. Ends with the login session that asked for it. */
export function labEventRoutes({ sessions, loginConnections }: LabEventRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    const streams = new EventStreams(loginConnections);
    app.get(
      '/api/lab-sessions/:id/events',
      { schema: { params: SessionParams }, config: { rateLimit: { max: 240, timeWindow: 60_000 } } },
      async (request, reply) => {
        const login = requireLogin(request);
        const session = ownSession(sessions, request);
        streams.answer<LabEvent>(reply, {
          login,
          owner: session.learnerId,
          connect: (send) => session.connect(send),
        });
        // A page that comes back to a frozen lab wakes it; the outcome arrives as a session event.
        sessions
          .wake(session)
          .catch((failure: unknown) => request.log.warn({ err: failure }, 'lab could not be resumed'));
      },
    );
  };
}
