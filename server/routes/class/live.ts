import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ClassLiveEvent } from '#contract/class-live.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { LiveClasses } from '../../domain/class/live/live-classes.ts';
import type { LoginConnections } from '../../domain/login-connections.ts';
import { requireInstructor, requireLogin } from '../../plugins/sign-in.ts';
import { EventStreams } from '../event-streams.ts';
import { CohortParams, ownCohort } from './own-cohort.ts';

export interface LiveRoutes {
  readonly cohorts: Cohorts;
  readonly live: LiveClasses;
  readonly loginConnections: LoginConnections;
}

/** A page with more than this on the way to it is behind: it gets the whole when that has arrived. */
const BEHIND_BYTES = 256 * 1024;
/** Twice what the largest class is as a whole. */
const UNSENT_LIMIT_BYTES = 3 * 1024 * 1024;

/** Server-sent events of a whole class, see `ClassLiveEvent`. */
export function liveRoutes({ cohorts, live, loginConnections }: LiveRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    const streams = new EventStreams(loginConnections);
    app.get(
      '/api/cohorts/:cohort/live',
      { schema: { params: CohortParams }, config: { rateLimit: { max: 120, timeWindow: 60_000 } } },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        const instructor = requireInstructor(request).id;
        streams.answer<ClassLiveEvent>(reply, {
          login: requireLogin(request),
          owner: instructor,
          // Somebody else may have taken the class from them meanwhile.
          mayGoOn: () => cohorts.listOf(instructor).some(({ id }) => id === cohort.id),
          unsentLimitBytes: UNSENT_LIMIT_BYTES,
          connect: (send, line) => {
            const keepsUp = () => line.unsentBytes() <= BEHIND_BYTES;
            const viewer = live.join(cohort, { send, keepsUp });
            line.onDrained(viewer.caughtUp);
            return viewer.leave;
          },
        });
      },
    );
  };
}
