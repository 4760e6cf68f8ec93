import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Problem } from '#contract/api.ts';
import { ERROR_CODES, type ErrorCode } from '#contract/error-codes.ts';
import { LabError } from '../domain/lab-error.ts';

/** Turns every failure into an RFC 9457 problem. Texts for learners are chosen by `code` in the page. */
export function addErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler(answerFailure);
}

/** Also for what fails before any route is found, where the hooks have not run. */
export function answerFailure(
  failure: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const code = codeOf(failure);
  const { status } = ERROR_CODES[code];
  request.problemCode = code;
  if (status >= 500) request.log.error({ err: failure, code }, 'request failed');
  else request.log.debug({ code, reason: failure.message }, 'request refused');
  const problem: Problem = {
    type: `/problems/${code}`,
    title: status >= 500 && !(failure instanceof LabError) ? 'unexpected failure' : failure.message,
    status,
    code,
    requestId: request.id,
    params: failure instanceof LabError ? failure.params : {},
  };
  return reply.status(status).type('application/problem+json').send(problem);
}

/** For addresses that no route knows. */
export function nothingHere(): never {
  throw new LabError('NOT_FOUND', 'nothing at this address');
}

function codeOf(failure: FastifyError): ErrorCode {
  if (failure instanceof LabError) return failure.code;
  if (hasZodFastifySchemaValidationErrors(failure)) return 'REQUEST_INVALID';
  switch (failure.statusCode) {
    case 413:
      return 'REQUEST_TOO_LARGE';
    case 429:
      return 'TOO_MANY_REQUESTS';
    case 404:
      return 'NOT_FOUND';
    default:
      return failure.statusCode !== undefined && failure.statusCode < 500 ? 'REQUEST_INVALID' : 'INTERNAL';
  }
}
