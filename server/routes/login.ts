import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { LoginRequest, type Me } from '#contract/api.ts';
import type { Cohorts } from '../domain/class/cohorts.ts';
import { KeyedAllowance } from '../domain/keyed-allowance.ts';
import { LabError } from '../domain/lab-error.ts';
import type { Learner } from '../domain/stores.ts';
import { clearLoginCookie } from '../plugins/sign-in.ts';
import { type BeginLogin, beginLogin, endLogin } from './begin-login.ts';

export interface LoginRoutes extends BeginLogin {
  readonly mode: 'alone' | 'class';
  /** The class that a learner has joined. */
  readonly cohorts: Cohorts;
}

/** Of one address. A class behind one router signs in within a minute; nobody there guesses. */
const GUESSES = { perSecond: 5 / 60, burst: 5 };

export function loginRoutes(options: LoginRoutes): FastifyPluginAsyncZod {
  const { logins, address, nowMs } = options;
  const guesses = new KeyedAllowance(GUESSES);
  return async (app) => {
    app.post(
      '/api/login',
      {
        schema: { body: LoginRequest },
        config: { rateLimit: { max: 120, timeWindow: 60_000 }, audit: 'sign-in' },
      },
      async (request, reply) => {
        if (!guesses.covers(request.clientAddress, 1, nowMs()))
          throw new LabError('TOO_MANY_REQUESTS', 'too many launch links that lead nowhere');
        const learner = logins.useLaunchToken(request.body.launchToken, nowMs());
        if (learner === null) {
          guesses.spend(request.clientAddress, 1, nowMs());
          throw new LabError('LAUNCH_LINK_INVALID', 'launch link unknown, used or expired');
        }
        beginLogin(options, request, reply, { learner, instructor: null });
        request.log.info({ learnerId: learner.id }, 'learner signed in');
        return reply.status(204).send();
      },
    );

    app.post('/api/logout', { config: { audit: 'sign-out' } }, async (request, reply) => {
      endLogin(options, request);
      clearLoginCookie(reply, address);
      return reply.status(204).send();
    });

    app.get(
      '/api/me',
      async (request): Promise<Me> => ({
        signedIn: request.login !== null,
        mode: options.mode,
        learner: request.learner,
        instructor: request.instructor,
        cohort: cohortOf(request.learner),
      }),
    );
  };

  function cohortOf(learner: Learner | null): Me['cohort'] {
    const cohort = learner === null ? null : options.cohorts.ofLearner(learner.id);
    return cohort === null ? null : { id: cohort.id, name: cohort.name };
  }
}
