import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { LearnerRecords } from '../domain/class/class-stores.ts';
import type { Roster } from '../domain/class/roster.ts';
import { clearLoginCookie, requireLearner } from '../plugins/sign-in.ts';
import type { WebAddress } from '../web-address.ts';
import { attachment } from './attachment.ts';

export interface OwnDataRoutes {
  readonly records: LearnerRecords;
  readonly roster: Roster;
  readonly address: WebAddress;
}

const config = { rateLimit: { max: 10, timeWindow: 60_000 } };

/** What is stored of a learner: to take away, and to delete. Alone as in a class. */
export function ownDataRoutes({ records, roster, address }: OwnDataRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/api/me/data', { config: { ...config, audit: 'learner-export' } }, async (request, reply) => {
      const { id } = requireLearner(request);
      return reply
        .header('content-disposition', attachment('rollout-lab.json'))
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(records.of(id, 'learner'), null, 2));
    });

    app.post('/api/me/delete', { config: { ...config, audit: 'learner-delete' } }, async (request, reply) => {
      const { id } = requireLearner(request);
      await roster.erase(id);
      // The trail would name who is gone.
      request.learner = null;
      clearLoginCookie(reply, address);
      return reply.status(204).send();
    });
  };
}
