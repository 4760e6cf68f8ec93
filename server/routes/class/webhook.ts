import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { NewWebhook } from '#contract/class-webhook.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { Webhooks } from '../../domain/class/webhook/webhooks.ts';
import { CohortParams, ownCohort } from './own-cohort.ts';

export interface WebhookRoutes {
  readonly cohorts: Cohorts;
  readonly webhooks: Webhooks;
}

const WEBHOOK = '/api/cohorts/:cohort/webhook';
const schema = { params: CohortParams };
const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: 60_000 } });

/** Where the events of a class go, for its instructors on the page: a key sets no webhook. */
export function webhookRoutes({ cohorts, webhooks }: WebhookRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(WEBHOOK, { schema }, async (request) => ({
      webhook: webhooks.view(ownCohort(cohorts, request).id),
    }));

    app.post(
      WEBHOOK,
      { schema: { ...schema, body: NewWebhook }, config: { ...perMinute(20), audit: 'webhook-set' } },
      async (request, reply) =>
        reply.status(201).send(await webhooks.set(ownCohort(cohorts, request).id, request.body.url)),
    );

    app.delete(
      WEBHOOK,
      { schema, config: { ...perMinute(20), audit: 'webhook-remove' } },
      async (request, reply) => {
        webhooks.remove(ownCohort(cohorts, request).id);
        return reply.status(204).send();
      },
    );

    app.post(
      `${WEBHOOK}/test`,
      { schema, config: { ...perMinute(20), audit: 'webhook-test' } },
      async (request) => ({ webhook: await webhooks.test(ownCohort(cohorts, request).id) }),
    );

    app.post(
      `${WEBHOOK}/enable`,
      { schema, config: { ...perMinute(20), audit: 'webhook-enable' } },
      async (request) => ({ webhook: webhooks.enable(ownCohort(cohorts, request).id) }),
    );
  };
}
