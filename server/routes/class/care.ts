import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type CareCourse,
  type CareEvent,
  CareRoundId,
  type CareRoundList,
  NewCareRound,
} from '#contract/class-care.ts';
import { CohortId } from '#contract/ids.ts';
import type { CohortCare } from '../../domain/class/care/cohort-care.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { LoginConnections } from '../../domain/login-connections.ts';
import { requireInstructor, requireLogin } from '../../plugins/sign-in.ts';
import { EventStreams } from '../event-streams.ts';
import { CohortParams, ownCohort } from './own-cohort.ts';

export interface CareRoutes {
  readonly cohorts: Cohorts;
  readonly care: CohortCare;
  readonly loginConnections: LoginConnections;
}

const RoundParams = z.strictObject({ cohort: CohortId, round: CareRoundId });
const perMinute = { rateLimit: { max: 120, timeWindow: 60_000 } };

/** Instructors reset, prepare, pause, resume, close and extend labs of their learners. */
export function careRoutes({ cohorts, care, loginConnections }: CareRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    const streams = new EventStreams(loginConnections);

    app.get(
      '/api/cohorts/:cohort/course',
      { schema: { params: CohortParams } },
      async (request): Promise<CareCourse> => {
        ownCohort(cohorts, request);
        return care.course;
      },
    );

    app.get(
      '/api/cohorts/:cohort/care',
      { schema: { params: CohortParams } },
      async (request): Promise<CareRoundList> => ({ rounds: care.list(ownCohort(cohorts, request)) }),
    );

    app.post(
      '/api/cohorts/:cohort/care',
      { schema: { params: CohortParams, body: NewCareRound }, config: { ...perMinute, audit: 'care-reset' } },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        const { id, action, targets } = request.body;
        request.auditEvent = `care-${action.type}`;
        const only = targets !== 'all' && targets.length === 1 ? targets[0]?.learner : undefined;
        request.auditTarget = only === undefined ? cohort.id : `${cohort.id}/${only}`;
        const isKnown = care.has(cohort, id);
        const round = care.start(cohort, requireInstructor(request), request.body);
        return reply.status(isKnown ? 200 : 201).send(round);
      },
    );

    app.post(
      '/api/cohorts/:cohort/care/:round/cancel',
      { schema: { params: RoundParams }, config: { ...perMinute, audit: 'care-cancel' } },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        request.auditTarget = cohort.id;
        care.cancel(cohort, request.params.round);
        return reply.status(204).send();
      },
    );

    app.get(
      '/api/cohorts/:cohort/care/events',
      { schema: { params: CohortParams }, config: { rateLimit: { max: 240, timeWindow: 60_000 } } },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        streams.answer<CareEvent>(reply, {
          login: requireLogin(request),
          owner: requireInstructor(request).id,
          connect: (send) => care.watch(cohort, send),
        });
      },
    );
  };
}
