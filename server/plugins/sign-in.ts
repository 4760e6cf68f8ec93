import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { InstructorStore } from '../domain/class/class-stores.ts';
import type { ApiTokenStore } from '../domain/class/grades/grade-stores.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LoginConnections } from '../domain/login-connections.ts';
import type { Instructor, Learner, LoginSession, LoginStore } from '../domain/stores.ts';
import type { WebAddress } from '../web-address.ts';
import { apiTokenOf } from './api-access.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The learner who is signed in; `null` for nobody and for an instructor. */
    learner: Learner | null;
    /** The instructor who is signed in. Never beside a learner. */
    instructor: Instructor | null;
    /** As whom the instructor follows lessons. */
    learnerOf: ((instructor: Instructor) => Learner) | null;
    /** By which login session. */
    login: LoginSession | null;
    /** How somebody who is not signed in becomes a learner here. */
    learnersComeBy: 'launch link' | 'join code';
  }
}

export interface SignInOptions {
  readonly apiTokenStore: ApiTokenStore;
  readonly logins: LoginStore;
  readonly instructorStore: Pick<InstructorStore, 'ownLearner'>;
  readonly loginConnections: LoginConnections;
  readonly address: WebAddress;
  readonly mode: 'alone' | 'class';
  readonly nowMs: () => number;
}

/** How long a page of somebody who was signed out may go on listening. */
const SWEEP_EVERY_MS = 15_000;

export function addSignIn(app: FastifyInstance, options: SignInOptions): void {
  const { logins, loginConnections, address, apiTokenStore, nowMs } = options;
  app.decorateRequest('learner', null);
  app.decorateRequest('instructor', null);
  app.decorateRequest('learnerOf', null);
  app.decorateRequest('learnersComeBy', options.mode === 'class' ? 'join code' : 'launch link');
  app.decorateRequest('login', null);
  app.decorateRequest('apiToken', null);
  app.addHook('onRequest', async (request) => {
    request.apiToken = apiTokenOf(request, apiTokenStore, nowMs());
    if (request.apiToken !== null) {
      request.instructor = request.apiToken.instructor;
      return;
    }
    const token = request.cookies[address.cookieName()];
    request.login = token === undefined ? null : logins.findLoginSession(token, nowMs());
    request.learner = request.login?.learner ?? null;
    request.instructor = request.login?.instructor ?? null;
    request.learnerOf = (instructor) => options.instructorStore.ownLearner(instructor, nowMs());
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

/**
 * Whose labs and progress it is about: a learner's, or those of an instructor who follows lessons, too.
 * @throws {LabError} NOT_SIGNED_IN or, in class mode, NOT_JOINED
 */
export function requireOwner(request: FastifyRequest): Learner {
  const { learner, instructor } = requireLogin(request);
  const owner = learner ?? (instructor && request.learnerOf?.(instructor)) ?? null;
  if (owner === null) throw new Error('nobody is signed in, and a login session says who');
  return owner;
}

/** Somebody of a class, or alone. @throws {LabError} as `requireOwner`, and LEARNERS_ONLY for an instructor */
export function requireLearner(request: FastifyRequest): Learner {
  const { learner } = requireLogin(request);
  if (learner === null) throw new LabError('LEARNERS_ONLY', 'an instructor is signed in');
  return learner;
}

/** @throws {LabError} INSTRUCTOR_NOT_SIGNED_IN, and INSTRUCTORS_ONLY for a learner */
export function requireInstructor(request: FastifyRequest): Instructor {
  if (request.instructor !== null) return request.instructor;
  if (request.login === null) throw new LabError('INSTRUCTOR_NOT_SIGNED_IN', 'no login session');
  throw new LabError('INSTRUCTORS_ONLY', 'a learner is signed in');
}

/** Of whoever it is. @throws {LabError} NOT_SIGNED_IN or, in class mode, NOT_JOINED */
export function requireLogin(request: FastifyRequest): LoginSession {
  if (request.login !== null) return request.login;
  const code = request.learnersComeBy === 'join code' ? 'NOT_JOINED' : 'NOT_SIGNED_IN';
  throw new LabError(code, 'no login session');
}
