import * as z from 'zod/mini';
import { CohortId, LearnerId } from './ids.ts';

/** The outgoing webhook of a class, after Standard Webhooks (standardwebhooks.com). Times are epoch milliseconds. */

/** `webhook.test` is what an instructor sends by hand. */
export const WEBHOOK_EVENTS = ['learner.joined', 'exercise.passed', 'webhook.test'] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number];

/** What came of a try: `answered` with a status of 200–299 is a delivery, everything else a failure. */
export const WEBHOOK_OUTCOMES = ['answered', 'refused-address', 'unreachable', 'timeout'] as const;
export type WebhookOutcome = (typeof WEBHOOK_OUTCOMES)[number];

const Moment = z.nullable(z.number());

export const WebhookDelivery = z.strictObject({
  /** The `webhook-id` that the receiver sees: the same at every try. */
  id: z.string(),
  type: z.enum(WEBHOOK_EVENTS),
  atMs: z.number(),
  tries: z.number(),
  lastTryAtMs: Moment,
  lastOutcome: z.nullable(z.enum(WEBHOOK_OUTCOMES)),
  lastStatus: z.nullable(z.number()),
  /** When it is tried again; `null`: delivered or given up. */
  nextTryAtMs: Moment,
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const WebhookView = z.strictObject({
  url: z.string(),
  createdAtMs: z.number(),
  /** When it was switched off because deliveries failed for too long; `null`: it works. */
  disabledAtMs: Moment,
  /** `gone`: the receiver answered 410. `failing`: every try failed until the last. */
  disabledReason: z.nullable(z.enum(['gone', 'failing'])),
  /** Newest first. */
  deliveries: z.array(WebhookDelivery),
});
export type WebhookView = z.infer<typeof WebhookView>;

export const WEBHOOK_DELIVERIES_SHOWN = 20;

/** `GET /api/cohorts/:cohort/webhook` */
export const WebhookAnswer = z.strictObject({ webhook: z.nullable(WebhookView) });

/** `POST /api/cohorts/:cohort/webhook`: instead of any other, with a new secret. */
export const NewWebhook = z.strictObject({ url: z.string().check(z.minLength(1), z.maxLength(500)) });
/** The secret (`whsec_…`) is shown here once. */
export const WebhookMade = z.strictObject({ secret: z.string(), webhook: WebhookView });
export type WebhookMade = z.infer<typeof WebhookMade>;

/** The body of a delivery. */
export const WebhookPayload = z.strictObject({
  type: z.enum(WEBHOOK_EVENTS),
  /** When it happened, ISO 8601 in UTC. */
  timestamp: z.string(),
  data: z.strictObject({
    cohort: z.strictObject({ id: CohortId, name: z.string() }),
    learner: z.optional(z.strictObject({ id: LearnerId, name: z.string() })),
    exercise: z.optional(z.strictObject({ id: z.string(), revision: z.number() })),
  }),
});
export type WebhookPayload = z.infer<typeof WebhookPayload>;
