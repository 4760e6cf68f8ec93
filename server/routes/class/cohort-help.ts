import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type CohortHelpEvent,
  MessageId,
  NewMessage,
  TakeHand,
  type UnlockableExercises,
  UnlockRequest,
} from '#contract/class-help.ts';
import { CohortId } from '#contract/ids.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { ClassHelp } from '../../domain/class/help/class-help.ts';
import type { LoginConnections } from '../../domain/login-connections.ts';
import { requireInstructor, requireLogin } from '../../plugins/sign-in.ts';
import { EventStreams } from '../event-streams.ts';
import { CohortLearnerParams, CohortParams, ownCohort, ownLearner } from './own-cohort.ts';

export interface CohortHelpRoutes {
  readonly cohorts: Cohorts;
  readonly help: ClassHelp;
  readonly loginConnections: LoginConnections;
  readonly exercises: () => UnlockableExercises['exercises'];
}

const HAND = '/api/cohorts/:cohort/hands/:learner';
const perMinute = { rateLimit: { max: 240, timeWindow: 60_000 } };
/** As much as somebody can write. */
const messagesPerMinute = { rateLimit: { max: 30, timeWindow: 60_000 } };

/** How instructors help: the line of raised hands, messages, unlocking. */
export function cohortHelpRoutes(options: CohortHelpRoutes): FastifyPluginAsyncZod {
  const { cohorts, help, loginConnections, exercises } = options;
  return async (app) => {
    const streams = new EventStreams(loginConnections);
    app.get(
      '/api/cohorts/:cohort/help/events',
      { schema: { params: CohortParams }, config: perMinute },
      async (request, reply) => {
        const { id } = ownCohort(cohorts, request);
        streams.answer<CohortHelpEvent>(reply, {
          login: requireLogin(request),
          owner: requireInstructor(request).id,
          connect: (send) => help.channel.connectInstructor(id, send),
        });
      },
    );

    app.get(
      '/api/cohorts/:cohort/exercises',
      { schema: { params: CohortParams } },
      async (request): Promise<UnlockableExercises> => {
        ownCohort(cohorts, request);
        return { exercises: exercises() };
      },
    );

    app.post(
      `${HAND}/take`,
      {
        schema: { params: CohortLearnerParams, body: TakeHand },
        config: { ...perMinute, audit: 'hand-take' },
      },
      async (request, reply) => {
        const { learner } = ownLearner(cohorts, request);
        help.hands.take(learner, requireInstructor(request), request.body.instead);
        return reply.status(204).send();
      },
    );

    app.post(
      `${HAND}/release`,
      { schema: { params: CohortLearnerParams }, config: { ...perMinute, audit: 'hand-release' } },
      async (request, reply) => {
        help.hands.release(ownLearner(cohorts, request).learner);
        return reply.status(204).send();
      },
    );

    app.post(
      `${HAND}/done`,
      { schema: { params: CohortLearnerParams }, config: { ...perMinute, audit: 'hand-done' } },
      async (request, reply) => {
        help.hands.done(ownLearner(cohorts, request).learner, requireInstructor(request));
        return reply.status(204).send();
      },
    );

    app.post(
      '/api/cohorts/:cohort/messages',
      {
        schema: { params: CohortParams, body: NewMessage },
        config: { ...messagesPerMinute, audit: 'message-send' },
      },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        const { to } = request.body;
        help.messages.send(cohort, requireInstructor(request), request.body);
        // The trail names one whom it was sent to; of several, the class.
        if (to?.length === 1) request.auditTarget = [cohort.id, ...to].join('/');
        return reply.status(204).send();
      },
    );

    app.delete(
      '/api/cohorts/:cohort/messages/:message',
      {
        schema: { params: z.strictObject({ cohort: CohortId, message: MessageId }) },
        config: { ...perMinute, audit: 'message-withdraw' },
      },
      async (request, reply) => {
        help.messages.withdraw(ownCohort(cohorts, request), request.params.message);
        return reply.status(204).send();
      },
    );

    app.post(
      '/api/cohorts/:cohort/unlocked',
      { schema: { params: CohortParams, body: UnlockRequest }, config: { ...perMinute, audit: 'unlock' } },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        help.unlocks.set(cohort, request.body);
        const { learner } = request.body;
        if (learner !== null) request.auditTarget = [cohort.id, learner].join('/');
        return reply.status(204).send();
      },
    );
  };
}
