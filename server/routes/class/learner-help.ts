import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type LearnerClassEvent, MessageId, RaiseHand } from '#contract/class-help.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { ClassHelp } from '../../domain/class/help/class-help.ts';
import { LabError } from '../../domain/lab-error.ts';
import type { LoginConnections } from '../../domain/login-connections.ts';
import { requireLearner, requireLogin } from '../../plugins/sign-in.ts';
import { EventStreams } from '../event-streams.ts';

export interface LearnerHelpRoutes {
  readonly cohorts: Cohorts;
  readonly help: ClassHelp;
  readonly loginConnections: LoginConnections;
}

const perMinute = (max: number) => ({ config: { rateLimit: { max, timeWindow: 60_000 } } });

/** How a learner calls for help, and what comes from the instructors. */
export function learnerHelpRoutes(options: LearnerHelpRoutes): FastifyPluginAsyncZod {
  const { cohorts, help, loginConnections } = options;
  const inCohort = (request: Parameters<typeof requireLearner>[0]) => {
    const { id } = requireLearner(request);
    const cohort = cohorts.ofLearner(id);
    if (cohort === null) throw new LabError('NOT_JOINED', `learner ${id} is in no cohort`);
    return { cohort, learner: { id, cohortId: cohort.id } };
  };
  return async (app) => {
    const streams = new EventStreams(loginConnections);
    app.get('/api/me/class/events', perMinute(240), async (request, reply) => {
      const { learner } = inCohort(request);
      streams.answer<LearnerClassEvent>(reply, {
        login: requireLogin(request),
        owner: learner.id,
        connect: (send) => help.channel.connectLearner(learner, send),
      });
    });

    app.post('/api/me/hand', { schema: { body: RaiseHand }, ...perMinute(20) }, async (request, reply) => {
      const { cohort, learner } = inCohort(request);
      help.hands.raise(learner, cohort, request.body);
      return reply.status(204).send();
    });

    app.delete('/api/me/hand', perMinute(20), async (request, reply) => {
      help.hands.lower(inCohort(request).learner);
      return reply.status(204).send();
    });

    app.post(
      '/api/me/messages/:message/read',
      { schema: { params: z.strictObject({ message: MessageId }) }, ...perMinute(120) },
      async (request, reply) => {
        help.messages.read(inCohort(request).learner, request.params.message);
        return reply.status(204).send();
      },
    );
  };
}
