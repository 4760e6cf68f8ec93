import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CohortAudit, CohortInstructors, Invitation } from '#contract/class-api.ts';
import { CohortId, InstructorId } from '#contract/ids.ts';
import type { CohortStaff } from '../../domain/class/cohort-staff.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import { requireInstructor } from '../../plugins/sign-in.ts';
import type { WebAddress } from '../../web-address.ts';
import { CohortParams, ownCohort } from './own-cohort.ts';

export interface CohortInstructorRoutes {
  readonly cohorts: Cohorts;
  readonly staff: CohortStaff;
  readonly address: WebAddress;
}

const InvitationParams = z.strictObject({
  cohort: CohortId,
  invitation: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
const InstructorParams = z.strictObject({ cohort: CohortId, instructor: InstructorId });
const perMinute = { rateLimit: { max: 60, timeWindow: 60_000 } };

/** Who leads a cohort together, and what they did in it. */
export function cohortInstructorRoutes(options: CohortInstructorRoutes): FastifyPluginAsyncZod {
  const { cohorts, staff, address } = options;
  return async (app) => {
    app.get(
      '/api/cohorts/:cohort/instructors',
      { schema: { params: CohortParams } },
      async (request): Promise<CohortInstructors> => staff.of(ownCohort(cohorts, request)),
    );

    app.post(
      '/api/cohorts/:cohort/invitations',
      { schema: { params: CohortParams }, config: { ...perMinute, audit: 'instructor-invite' } },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        const { token, expiresAtMs } = staff.invite(cohort, requireInstructor(request));
        // The token stands behind `#`, so that it never reaches a log or a proxy.
        const invitation: Invitation = { link: `${address.origin()}/class#k=${token}`, expiresAtMs };
        return reply.status(201).send(invitation);
      },
    );

    app.delete(
      '/api/cohorts/:cohort/invitations/:invitation',
      { schema: { params: InvitationParams }, config: { ...perMinute, audit: 'instructor-uninvite' } },
      async (request, reply) => {
        staff.withdraw(ownCohort(cohorts, request), request.params.invitation);
        return reply.status(204).send();
      },
    );

    app.delete(
      '/api/cohorts/:cohort/instructors/:instructor',
      { schema: { params: InstructorParams }, config: { ...perMinute, audit: 'instructor-remove' } },
      async (request, reply) => {
        staff.remove(ownCohort(cohorts, request), request.params.instructor);
        return reply.status(204).send();
      },
    );

    app.get(
      '/api/cohorts/:cohort/audit',
      { schema: { params: CohortParams } },
      async (request): Promise<CohortAudit> => staff.deeds(ownCohort(cohorts, request)),
    );
  };
}
