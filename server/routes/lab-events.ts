import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { LabError } from '../domain/lab-error.ts';
import type { LabSessions } from '../domain/lab-sessions.ts';
import type { LoginConnections } from '../domain/login-connections.ts';
import { requireLogin } from '../plugins/sign-in.ts';
import { EventStream } from './event-stream.ts';
import { ownSession, SessionParams } from './lab-sessions.ts';

export interface LabEventRoutes {
  readonly sessions: LabSessions;
  readonly loginConnections: LoginConnections;
}

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

        const stream = new EventStream(reply, {
          onClosed: () => {
            letGo();
            disconnect();
            const left = (open.get(session.learnerId) ?? 1) - 1;
            if (left > 0) open.set(session.learnerId, left);
            else open.delete(session.learnerId);
          },
        });
        const disconnect = session.connect((event) => {
          stream.send(event);
          if (stream.unsentBytes > UNSENT_LIMIT_BYTES) stream.abandon();
        });
        const letGo = loginConnections.hold(login.id, () => stream.end());
        // A page that comes back to a frozen lab wakes it; the outcome arrives as a session event.
        sessions
          .wake(session)
          .catch((failure: unknown) => request.log.warn({ err: failure }, 'lab could not be resumed'));
      },
    );
  };
}
