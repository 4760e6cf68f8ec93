import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CohortChange, CohortList, CohortView, NewCohort } from '#contract/class-api.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { Roster } from '../../domain/class/roster.ts';
import { requireInstructor } from '../../plugins/sign-in.ts';
import { CohortParams, ownCohort } from './own-cohort.ts';

export interface CohortRoutes {
  readonly cohorts: Cohorts;
  readonly roster: Roster;
}

const perMinute = { rateLimit: { max: 120, timeWindow: 60_000 } };

/** An instructor's cohorts: making, changing and deleting them. */
export function cohortRoutes({ cohorts, roster }: CohortRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/cohorts',
      { schema: { response: { 200: CohortList } }, config: { api: 'read' } },
      async (request) => {
        const only = request.apiToken?.cohort ?? null;
        const led = cohorts.listOf(requireInstructor(request).id);
        return {
          cohorts: led.filter(({ id }) => only === null || id === only).map((cohort) => cohorts.view(cohort)),
        };
      },
    );

    app.post(
      '/api/cohorts',
      { schema: { body: NewCohort }, config: { ...perMinute, audit: 'cohort-create' } },
      async (request, reply) => {
        const cohort = cohorts.create(requireInstructor(request).id, request.body);
        request.auditTarget = cohort.id;
        return reply.status(201).send(cohorts.view(cohort));
      },
    );

    app.get(
      '/api/cohorts/:cohort',
      { schema: { params: CohortParams, response: { 200: CohortView } }, config: { api: 'read' } },
      async (request) => cohorts.view(ownCohort(cohorts, request)),
    );

    app.post(
      '/api/cohorts/:cohort',
      {
        schema: { params: CohortParams, body: CohortChange },
        config: { ...perMinute, audit: 'cohort-change' },
      },
      async (request) => cohorts.view(cohorts.change(ownCohort(cohorts, request), request.body)),
    );

    app.post(
      '/api/cohorts/:cohort/join-code',
      { schema: { params: CohortParams }, config: { ...perMinute, audit: 'cohort-code' } },
      async (request) => cohorts.view(cohorts.renewJoinCode(ownCohort(cohorts, request))),
    );

    app.delete(
      '/api/cohorts/:cohort',
      { schema: { params: CohortParams }, config: { ...perMinute, audit: 'cohort-delete' } },
      async (request, reply) => {
        await roster.deleteCohort(ownCohort(cohorts, request));
        return reply.status(204).send();
      },
    );
  };
}
