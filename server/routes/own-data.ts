import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { LearnerRecords } from '../domain/class/class-stores.ts';
import type { Roster } from '../domain/class/roster.ts';
import { clearLoginCookie, requireOwner } from '../plugins/sign-in.ts';
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
      const { id } = requireOwner(request);
      return reply
        .header('content-disposition', attachment('rollout-lab.json'))
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(records.of(id, 'learner'), null, 2));
    });

    app.post('/api/me/delete', { config: { ...config, audit: 'learner-delete' } }, async (request, reply) => {
      const { id } = requireOwner(request);
      await roster.erase(id);
      // The account of an instructor is no learner's data.
      if (request.instructor === null) clearLoginCookie(reply, address);
      // The trail would name who is gone.
      request.learner = null;
      return reply.status(204).send();
    });
  };
}
