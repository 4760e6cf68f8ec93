import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  ActivateExerciseRequest,
  AnswerRequest,
  PowerRequest,
  PrepareRequest,
  StartLabRequest,
} from '#contract/api.ts';
import { ExerciseId, LabNodeName, LabSessionId } from '#contract/ids.ts';
import type { LabSession } from '../domain/lab-session.ts';
import { exerciseOf, type LabSessions } from '../domain/lab-sessions.ts';
import { requireOwner } from '../plugins/sign-in.ts';

export const SessionParams = z.strictObject({ id: LabSessionId });

const ExerciseParams = z.strictObject({ id: LabSessionId, exercise: ExerciseId });
const NodeParams = z.strictObject({ id: LabSessionId, node: LabNodeName });

/** The signed-in learner's own session, else LAB_SESSION_UNKNOWN. */
export function ownSession(
  sessions: LabSessions,
  request: FastifyRequest<{ Params: { id: string } }>,
): LabSession {
  return sessions.get(request.params.id, requireOwner(request).id);
}

export function labSessionRoutes(sessions: LabSessions): FastifyPluginAsyncZod {
  return async (app) => {
    const params = { schema: { params: SessionParams } };
    const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: 60_000 } });

    app.get('/api/lab-sessions', async (request) => sessions.viewsOf(requireOwner(request).id));

    app.post(
      '/api/lab-sessions',
      { schema: { body: StartLabRequest }, config: { ...perMinute(30), audit: 'lab-start' } },
      async (request, reply) => {
        const session = await sessions.start(requireOwner(request).id, request.body.lab);
        request.auditTarget = session.id;
        return reply.status(202).send(session.view());
      },
    );

    app.get('/api/lab-sessions/:id', params, async (request) => ownSession(sessions, request).view());

    app.post(
      '/api/lab-sessions/:id/reset',
      { ...params, config: { ...perMinute(20), audit: 'lab-reset' } },
      async (request, reply) => {
        const session = ownSession(sessions, request);
        sessions.reset(session);
        return reply.status(202).send(session.view());
      },
    );

    app.post(
      '/api/lab-sessions/:id/prepare',
      {
        schema: { params: SessionParams, body: PrepareRequest },
        config: { ...perMinute(20), audit: 'lab-prepare' },
      },
      async (request, reply) => {
        const session = ownSession(sessions, request);
        sessions.prepare(session, request.body.exercise);
        return reply.status(202).send(session.view());
      },
    );

    app.get(
      '/api/lab-sessions/:id/exercises/:exercise/start',
      { schema: { params: ExerciseParams }, config: perMinute(60) },
      async (request) => {
        const session = ownSession(sessions, request);
        const exercise = exerciseOf(session, request.params.exercise);
        return session.running.grading.compareStart(exercise);
      },
    );

    app.post(
      '/api/lab-sessions/:id/nodes/:node/power',
      {
        schema: { params: NodeParams, body: PowerRequest },
        config: { ...perMinute(60), audit: 'node-power' },
      },
      async (request) => {
        const session = ownSession(sessions, request);
        await sessions.switchNode(session, request.params.node, request.body.to);
        return session.view();
      },
    );

    app.post('/api/lab-sessions/:id/resume', { ...params, config: perMinute(60) }, async (request) => {
      const session = ownSession(sessions, request);
      await sessions.resume(session);
      return session.view();
    });

    app.delete(
      '/api/lab-sessions/:id',
      { ...params, config: { ...perMinute(30), audit: 'lab-close' } },
      async (request, reply) => {
        await sessions.close(ownSession(sessions, request));
        return reply.status(204).send();
      },
    );

    app.post(
      '/api/lab-sessions/:id/exercise',
      { schema: { params: SessionParams, body: ActivateExerciseRequest }, config: perMinute(120) },
      async (request) => {
        const session = ownSession(sessions, request);
        await sessions.activate(session, request.body.exercise);
        return session.view();
      },
    );

    app.post('/api/lab-sessions/:id/check', { ...params, config: perMinute(60) }, async (request) =>
      ownSession(sessions, request).running.grading.check(),
    );

    app.post(
      '/api/lab-sessions/:id/answers',
      { schema: { params: SessionParams, body: AnswerRequest }, config: perMinute(60) },
      async (request) => {
        const { grading } = ownSession(sessions, request).running;
        return grading.answer(request.body.check, request.body.answer);
      },
    );
  };
}
