import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LabError } from '../domain/lab-error.ts';
import type { LoginConnections } from '../domain/login-connections.ts';
import type { Learner, LoginSession, LoginStore } from '../domain/stores.ts';
import type { WebAddress } from '../web-address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; `null` for nobody. */
    learner: Learner | null;
    /** By which login session. */
    login: LoginSession | null;
  }
}

export interface SignInOptions {
  readonly logins: LoginStore;
  readonly loginConnections: LoginConnections;
  readonly address: WebAddress;
  readonly nowMs: () => number;
}

/** How long a page of somebody who was signed out may go on listening. */
const SWEEP_EVERY_MS = 15_000;

export function addSignIn(app: FastifyInstance, options: SignInOptions): void {
  const { logins, loginConnections, address, nowMs } = options;
  app.decorateRequest('learner', null);
  app.decorateRequest('login', null);
  app.addHook('onRequest', async (request) => {
    const token = request.cookies[address.cookieName()];
    request.login = token === undefined ? null : logins.findLoginSession(token, nowMs());
    request.learner = request.login?.learner ?? null;
  });
  const sweep = setInterval(
    () => loginConnections.sweep((id) => logins.isAlive(id, nowMs())),
    SWEEP_EVERY_MS,
  );
  app.addHook('onClose', async () => clearInterval(sweep));
}

export function setLoginCookie(
  reply: FastifyReply,
  address: WebAddress,
  login: { readonly token: string; readonly maxAgeMs: number },
): void {
  reply.setCookie(address.cookieName(), login.token, {
    ...cookieScope(address),
    maxAge: Math.floor(login.maxAgeMs / 1000),
  });
}

export function clearLoginCookie(reply: FastifyReply, address: WebAddress): void {
  reply.clearCookie(address.cookieName(), cookieScope(address));
}

function cookieScope({ isSecure }: WebAddress) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const;
}

/** @throws {LabError} NOT_SIGNED_IN */
export function requireLearner(request: FastifyRequest): Learner {
  return requireLogin(request).learner;
}

/** @throws {LabError} NOT_SIGNED_IN */
export function requireLogin(request: FastifyRequest): LoginSession {
  if (request.login === null) throw new LabError('NOT_SIGNED_IN', 'no login session');
  return request.login;
}
