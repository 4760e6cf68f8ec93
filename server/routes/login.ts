import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { LoginRequest, type Me } from '#contract/api.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LoginStore } from '../domain/stores.ts';
import { setLoginCookie } from '../plugins/sign-in.ts';

export interface LoginRoutes {
  readonly logins: LoginStore;
  readonly cookieName: () => string;
  readonly newToken: () => string;
  readonly nowMs: () => number;
}

export function loginRoutes(options: LoginRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/login',
      { schema: { body: LoginRequest }, config: { rateLimit: { max: 10, timeWindow: 60_000 } } },
      async (request, reply) => {
        const learner = options.logins.useLaunchToken(request.body.launchToken, options.nowMs());
        if (learner === null)
          throw new LabError('LAUNCH_LINK_INVALID', 'launch link unknown, used or expired');
        const token = options.newToken();
        options.logins.addLoginSession(token, learner.id, options.nowMs());
        setLoginCookie(reply, options.cookieName(), token);
        request.log.info({ learnerId: learner.id }, 'learner signed in');
        return reply.status(204).send();
      },
    );

    app.get(
      '/api/me',
      async (request): Promise<Me> => ({
        signedIn: request.learner !== null,
        mode: 'alone',
        learner: request.learner,
      }),
    );
  };
}
