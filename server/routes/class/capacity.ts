import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type CapacityView, NewWarmPlan } from '#contract/class-capacity.ts';
import { CohortId } from '#contract/ids.ts';
import type { CohortCapacity } from '../../domain/class/care/cohort-capacity.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import { requireInstructor } from '../../plugins/sign-in.ts';
import { CohortParams, ownCohort } from './own-cohort.ts';

export interface CapacityRoutes {
  readonly cohorts: Cohorts;
  readonly cohortCapacity: CohortCapacity;
}

const PlanParams = z.strictObject({ cohort: CohortId, plan: NewWarmPlan.shape.id });
const perMinute = { rateLimit: { max: 60, timeWindow: 60_000 } };

/** What the machine holds, and labs that are booted ahead of a class. */
export function capacityRoutes({ cohorts, cohortCapacity }: CapacityRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/cohorts/:cohort/capacity',
      { schema: { params: CohortParams } },
      (request): Promise<CapacityView> => cohortCapacity.view(ownCohort(cohorts, request)),
    );

    app.post(
      '/api/cohorts/:cohort/warm-plans',
      { schema: { params: CohortParams, body: NewWarmPlan }, config: { ...perMinute, audit: 'warm-up' } },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        const plan = cohortCapacity.warmUp(cohort, requireInstructor(request), request.body);
        return reply.status(201).send(plan);
      },
    );

    app.delete(
      '/api/cohorts/:cohort/warm-plans/:plan',
      { schema: { params: PlanParams }, config: { ...perMinute, audit: 'warm-up-cancel' } },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        request.auditTarget = cohort.id;
        cohortCapacity.cancel(cohort, request.params.plan);
        return reply.status(204).send();
      },
    );
  };
}
