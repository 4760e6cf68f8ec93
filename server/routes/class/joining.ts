import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  JoinLook,
  JoinRequest,
  type JoinView,
  type ReturnCode,
  type Returned,
  ReturnRequest,
} from '#contract/class-api.ts';
import type { CohortStore } from '../../domain/class/class-stores.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { Joining } from '../../domain/class/joining.ts';
import { LabError } from '../../domain/lab-error.ts';
import { requireLearner } from '../../plugins/sign-in.ts';
import { type BeginLogin, beginLogin } from '../begin-login.ts';

export interface JoiningRoutes extends BeginLogin {
  readonly joining: Joining;
  readonly cohorts: Cohorts;
  readonly cohortStore: Pick<CohortStore, 'instructors'>;
}

/** A class of some hundred comes from one address within a minute; wrong codes have waits of their own. */
const config = { rateLimit: { max: 1200, timeWindow: 60_000 } };

/** How learners come in: by the cohort's join code, back by their own return code. */
export function joiningRoutes(options: JoiningRoutes): FastifyPluginAsyncZod {
  const { joining, cohorts, cohortStore } = options;
  return async (app) => {
    app.post('/api/join/look', { schema: { body: JoinLook }, config }, async (request): Promise<JoinView> => {
      const cohort = joining.look(request.body.code, request.clientAddress);
      return {
        cohort: cohort.name,
        instructors: cohortStore.instructors(cohort.id).map(({ name }) => name),
        watchWithoutAsking: cohort.policies.watchWithoutAsking,
      };
    });

    app.post(
      '/api/join',
      { schema: { body: JoinRequest }, config: { ...config, audit: 'learner-join' } },
      async (request, reply) => {
        const { enrolment, cohort, returnCode } = joining.join(request.body, request.clientAddress);
        const { id, name } = enrolment;
        beginLogin(options, request, reply, { learner: { id, name }, instructor: null });
        request.auditTarget = cohort.id;
        return reply.status(201).send({ name, cohort: cohort.name, returnCode } satisfies ReturnCode);
      },
    );

    app.post(
      '/api/join/return',
      { schema: { body: ReturnRequest }, config: { ...config, audit: 'learner-return' } },
      async (request, reply): Promise<Returned> => {
        const { enrolment, cohort } = joining.return(request.body.code, request.clientAddress);
        const { id, name } = enrolment;
        beginLogin(options, request, reply, { learner: { id, name }, instructor: null });
        request.auditTarget = cohort.id;
        return { name, cohort: cohort.name };
      },
    );

    app.post(
      '/api/me/return-code',
      { config: { rateLimit: { max: 10, timeWindow: 60_000 }, audit: 'return-code' } },
      async (request): Promise<ReturnCode> => {
        const { id, name } = requireLearner(request);
        const cohort = cohorts.ofLearner(id);
        if (cohort === null) throw new LabError('CLASS_MODE_OFF', 'a learner without cohort');
        return { name, cohort: cohort.name, returnCode: joining.renewReturnCode(id) };
      },
    );
  };
}
