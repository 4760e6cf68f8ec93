import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LabError } from '../domain/lab-error.ts';
import type { Learner, LoginStore } from '../domain/stores.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; `null` for nobody. */
    learner: Learner | null;
  }
}

export interface SignInOptions {
  readonly logins: LoginStore;
  /** Browsers share cookies between ports: the port is part of the name, so that two servers don't sign each other out. */
  readonly cookieName: () => string;
  readonly nowMs: () => number;
}

const COOKIE_AGE_SECONDS = 30 * 24 * 3600;

export function addSignIn(app: FastifyInstance, options: SignInOptions): void {
  app.decorateRequest('learner', null);
  app.addHook('onRequest', async (request) => {
    const token = request.cookies[options.cookieName()];
    request.learner = token === undefined ? null : options.logins.findLoginSession(token, options.nowMs());
  });
}

export function setLoginCookie(reply: FastifyReply, name: string, token: string): void {
  reply.setCookie(name, token, { path: '/', httpOnly: true, sameSite: 'strict', maxAge: COOKIE_AGE_SECONDS });
}

/** @throws {LabError} NOT_SIGNED_IN */
export function requireLearner(request: FastifyRequest): Learner {
  if (request.learner === null) throw new LabError('NOT_SIGNED_IN', 'no login session');
  return request.learner;
}
