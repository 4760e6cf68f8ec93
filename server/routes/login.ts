import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { LoginRequest, type Me } from '#contract/api.ts';
import { KeyedAllowance } from '../domain/keyed-allowance.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LoginConnections } from '../domain/login-connections.ts';
import type { LoginStore } from '../domain/stores.ts';
import { clearLoginCookie, setLoginCookie } from '../plugins/sign-in.ts';
import type { WebAddress } from '../web-address.ts';

export interface LoginRoutes {
  readonly logins: LoginStore;
  readonly loginConnections: LoginConnections;
  readonly address: WebAddress;
  readonly mode: 'alone' | 'class';
  readonly newToken: () => string;
  readonly nowMs: () => number;
}

/** Of one address. A class behind one router signs in within a minute; nobody there guesses. */
const GUESSES = { perSecond: 5 / 60, burst: 5 };

export function loginRoutes(options: LoginRoutes): FastifyPluginAsyncZod {
  const { logins, loginConnections, address, nowMs } = options;
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
        // A cookie from before is worth nothing afterwards, whoever may have put it there.
        if (request.login !== null) end(request.login.id);
        const token = options.newToken();
        logins.addLoginSession(token, learner.id, nowMs());
        setLoginCookie(reply, address, { token, maxAgeMs: logins.maxAgeMs });
        request.learner = learner;
        request.log.info({ learnerId: learner.id }, 'learner signed in');
        return reply.status(204).send();
      },
    );

    app.post('/api/logout', { config: { audit: 'sign-out' } }, async (request, reply) => {
      if (request.login !== null) end(request.login.id);
      clearLoginCookie(reply, address);
      return reply.status(204).send();
    });

    app.get(
      '/api/me',
      async (request): Promise<Me> => ({
        signedIn: request.learner !== null,
        mode: options.mode,
        learner: request.learner,
      }),
    );
  };

  function end(loginId: string): void {
    logins.endLoginSession(loginId);
    loginConnections.end(loginId);
  }
}
