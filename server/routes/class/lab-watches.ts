import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { WatchAnswer, WatchId } from '#contract/class-watch.ts';
import { LabSessionId } from '#contract/ids.ts';
import type { Watches } from '../../domain/class/watch/watches.ts';
import type { LabSessions } from '../../domain/lab-sessions.ts';
import { ownSession } from '../lab-sessions.ts';

export interface LabWatchRoutes {
  readonly sessions: LabSessions;
  readonly watches: Watches;
}

const OWN = '/api/lab-sessions/:id/watches/:watch';
const Params = z.strictObject({ id: LabSessionId, watch: WatchId });
const config = { rateLimit: { max: 60, timeWindow: 60_000 } };

/** What a learner says to somebody who asks to watch, watches, or types. */
export function labWatchRoutes({ sessions, watches }: LabWatchRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    const params = { schema: { params: Params }, config };
    const answer = { schema: { params: Params, body: WatchAnswer }, config };

    app.post(OWN, answer, async (request, reply) => {
      watches.answer(ownSession(sessions, request), request.params.watch, request.body.answer);
      return reply.status(204).send();
    });

    app.delete(OWN, params, async (request, reply) => {
      watches.endByLearner(ownSession(sessions, request), request.params.watch);
      return reply.status(204).send();
    });

    app.post(`${OWN}/keyboard`, answer, async (request, reply) => {
      watches.answerKeyboard(ownSession(sessions, request), request.params.watch, request.body.answer);
      return reply.status(204).send();
    });

    app.delete(`${OWN}/keyboard`, params, async (request, reply) => {
      watches.takeBack(ownSession(sessions, request));
      return reply.status(204).send();
    });
  };
}
