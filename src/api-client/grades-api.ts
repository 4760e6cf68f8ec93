import { ApiTokenMade, ApiTokens, type NewApiToken } from '#contract/class-grades.ts';
import { WebhookAnswer, WebhookMade } from '#contract/class-webhook.ts';
import { request, requestNothing } from './request.ts';

const TIMEOUT_MS = 20_000;
const TOKENS = '/api/api-tokens';
const gradesOf = (cohort: string) => `/api/cohorts/${encodeURIComponent(cohort)}/grades`;

export const fetchApiTokens = async () => (await request(ApiTokens, { path: TOKENS })).tokens;
export const makeApiToken = (token: NewApiToken) =>
  request(ApiTokenMade, { method: 'POST', path: TOKENS, body: token, timeoutMs: TIMEOUT_MS });
export const revokeApiToken = (id: string) =>
  requestNothing({ method: 'DELETE', path: `${TOKENS}/${encodeURIComponent(id)}`, timeoutMs: TIMEOUT_MS });

const webhookOf = (cohort: string) => `/api/cohorts/${encodeURIComponent(cohort)}/webhook`;
export const fetchWebhook = async (cohort: string) =>
  (await request(WebhookAnswer, { path: webhookOf(cohort) })).webhook;
export const setWebhook = (cohort: string, url: string) =>
  request(WebhookMade, {
    method: 'POST',
    path: webhookOf(cohort),
    body: { url },
    timeoutMs: TIMEOUT_MS,
  });
export const removeWebhook = (cohort: string) =>
  requestNothing({ method: 'DELETE', path: webhookOf(cohort), timeoutMs: TIMEOUT_MS });
/** `test` comes back when the receiver has answered. */
export const workWebhook = async (cohort: string, what: 'test' | 'enable') =>
  (
    await request(WebhookAnswer, {
      method: 'POST',
      path: `${webhookOf(cohort)}/${what}`,
      timeoutMs: TIMEOUT_MS,
    })
  ).webhook;

/** Times stand in the reader's own zone. */
export function gradesCsvPath(cohort: string, what: 'progress' | 'attempts', lang: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${gradesOf(cohort)}/${what}.csv?${new URLSearchParams({ lang, zone })}`;
}
export const gradesJsonPath = gradesOf;
export const API_DESCRIPTION_PATH = '/api/openapi.json';
