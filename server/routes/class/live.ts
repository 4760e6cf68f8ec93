import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { LiveClasses } from '../../domain/class/live/live-classes.ts';
import { LabError } from '../../domain/lab-error.ts';
import type { LoginConnections } from '../../domain/login-connections.ts';
import { requireLogin } from '../../plugins/sign-in.ts';
import { EventStream } from '../event-stream.ts';
import { CohortParams, ownCohort } from './own-cohort.ts';

export interface LiveRoutes {
  readonly cohorts: Cohorts;
  readonly live: LiveClasses;
  readonly loginConnections: LoginConnections;
}

/** A page with more than this on the way to it is behind: it gets the whole when that has arrived. */
const BEHIND_BYTES = 256 * 1024;
const STREAMS_PER_LOGIN = 10;

/** Server-sent events of a whole class, see `ClassLiveEvent`. Ends with the login, and when the class is led no more. */
export function liveRoutes({ cohorts, live, loginConnections }: LiveRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    const open = new Map<string, number>();
    app.get(
      '/api/cohorts/:cohort/live',
      { schema: { params: CohortParams }, config: { rateLimit: { max: 120, timeWindow: 60_000 } } },
      async (request, reply) => {
        const login = requireLogin(request);
        const cohort = ownCohort(cohorts, request);
        const streams = open.get(login.id) ?? 0;
        if (streams >= STREAMS_PER_LOGIN)
          throw new LabError('TOO_MANY_REQUESTS', `${streams} event streams are open`);
        open.set(login.id, streams + 1);

        const stream = new EventStream(reply, {
          onHeartbeat: () => {
            try {
              ownCohort(cohorts, request);
            } catch {
              stream.end();
            }
          },
          onDrained: () => viewer.caughtUp(),
          onClosed: () => {
            letGo();
            viewer.leave();
            const left = (open.get(login.id) ?? 1) - 1;
            if (left > 0) open.set(login.id, left);
            else open.delete(login.id);
          },
        });
        const viewer = live.join(cohort, {
          keepsUp: () => stream.unsentBytes <= BEHIND_BYTES,
          send: (event) => stream.send(event),
        });
        const letGo = loginConnections.hold(login.id, () => stream.end());
      },
    );
  };
}
