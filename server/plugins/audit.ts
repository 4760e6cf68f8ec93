import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ErrorCode } from '#contract/error-codes.ts';
import type { AuditEventName, AuditTrail } from '../domain/audit-trail.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Requests to this route are written down under this name. */
    audit?: AuditEventName;
  }
  interface FastifyRequest {
    /** Why the request was turned away. */
    problemCode: ErrorCode | null;
    /** What was made; else the ids in the address are the target. */
    auditTarget: string | null;
    /** What was done, on a route that does several things; else the route's own name holds. */
    auditEvent: AuditEventName | null;
  }
}

/** Refusals that tell of somebody who tries, on whatever route. */
const TELLING: ReadonlySet<ErrorCode | null> = new Set<ErrorCode>([
  'FORBIDDEN_HOST',
  'FORBIDDEN_ORIGIN',
  'LAB_SESSION_UNKNOWN',
  'TERMINAL_UNKNOWN',
  'TICKET_INVALID',
  'TOO_MANY_REQUESTS',
  'TOO_MANY_TRIES',
  'COHORT_UNKNOWN',
  'LEARNER_UNKNOWN',
  'INSTRUCTORS_ONLY',
  'JOIN_CODE_UNKNOWN',
  'RETURN_CODE_UNKNOWN',
]);

/** Writes down what the routes that ask for it did, and every telling refusal. */
export function addAudit(app: FastifyInstance, trail: AuditTrail): void {
  app.decorateRequest('problemCode', null);
  app.decorateRequest('auditTarget', null);
  app.decorateRequest('auditEvent', null);
  app.addHook('onResponse', async (request, reply) => {
    const code = request.problemCode;
    const event = TELLING.has(code) ? 'refused' : (request.auditEvent ?? request.routeOptions.config.audit);
    if (event === undefined) return;
    const status = reply.statusCode;
    trail.record({
      event,
      outcome: status < 400 ? 'done' : status < 500 ? 'refused' : 'failed',
      actor: request.learner?.id ?? request.instructor?.id ?? null,
      target: request.auditTarget ?? idsIn(request),
      address: request.clientAddress,
      detail: detailOf(code, request.apiToken?.name),
    });
  });
  app.addHook('onClose', async () => trail.flush());
}

/** Why it was refused, and the name of the key to the API. */
function detailOf(code: ErrorCode | null, key: string | undefined): string | null {
  return [code, key === undefined ? null : `key ${key}`].filter((part) => part !== null).join(', ') || null;
}

/** Only what the route's schema has let through. */
function idsIn(request: FastifyRequest): string | null {
  if (request.problemCode === 'REQUEST_INVALID') return null;
  const params = (request.params ?? {}) as Readonly<Record<string, string>>;
  return Object.values(params).join('/').slice(0, 100) || null;
}
