import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LoginConnections } from '../domain/login-connections.ts';
import type { Instructor, Learner, LoginStore } from '../domain/stores.ts';
import { setLoginCookie } from '../plugins/sign-in.ts';
import type { WebAddress } from '../web-address.ts';

export interface BeginLogin {
  readonly logins: LoginStore;
  readonly loginConnections: LoginConnections;
  readonly address: WebAddress;
  readonly newToken: () => string;
  readonly nowMs: () => number;
}

export type Person =
  | { readonly learner: Learner; readonly instructor: null }
  | { readonly learner: null; readonly instructor: Instructor };

/** Signs a browser in as somebody, whoever it was before. */
export function beginLogin(
  { logins, loginConnections, address, newToken, nowMs }: BeginLogin,
  request: FastifyRequest,
  reply: FastifyReply,
  person: Person,
): void {
  // A cookie from before is worth nothing afterwards, whoever may have put it there.
  endLogin({ logins, loginConnections }, request);
  const token = newToken();
  if (person.learner !== null) logins.addLoginSession(token, person.learner.id, nowMs());
  else logins.addInstructorSession(token, person.instructor.id, nowMs());
  const maxAgeMs = logins.maxAgeMs(person.learner === null ? 'instructor' : 'learner');
  setLoginCookie(reply, address, { token, maxAgeMs });
  request.learner = person.learner;
  request.instructor = person.instructor;
}

/** Ends the login session of this browser with all that it holds open. */
export function endLogin(
  { logins, loginConnections }: Pick<BeginLogin, 'logins' | 'loginConnections'>,
  { login }: FastifyRequest,
): void {
  if (login === null) return;
  logins.endLoginSession(login.id);
  loginConnections.end(login.id);
}
