import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { InstructorSignIn, LinkLook, LinkUse, type LinkView, PassphraseChange } from '#contract/class-api.ts';
import type { Instructors } from '../../domain/class/instructors.ts';
import { LabError } from '../../domain/lab-error.ts';
import { requireInstructor, requireLogin } from '../../plugins/sign-in.ts';
import { type BeginLogin, beginLogin } from '../begin-login.ts';

export interface InstructorSignInRoutes extends BeginLogin {
  readonly instructors: Instructors;
}

/** Wrong tries have waits of their own; this bounds the slow hashing. */
const config = { rateLimit: { max: 60, timeWindow: 60_000 } };

/** Name and passphrase, and the one-time links by which somebody gets them. */
export function instructorSignInRoutes(options: InstructorSignInRoutes): FastifyPluginAsyncZod {
  const { instructors, logins, loginConnections } = options;
  return async (app) => {
    app.post(
      '/api/class/sign-in',
      { schema: { body: InstructorSignIn }, config: { ...config, audit: 'instructor-sign-in' } },
      async (request, reply) => {
        const instructor = await instructors.signIn(request.body, request.clientAddress);
        beginLogin(options, request, reply, { learner: null, instructor });
        return reply.status(204).send();
      },
    );

    app.post(
      '/api/class/passphrase',
      { schema: { body: PassphraseChange }, config: { ...config, audit: 'instructor-passphrase' } },
      async (request, reply) => {
        const instructor = requireInstructor(request);
        await instructors.changePassphrase(instructor, request.body);
        const { id } = requireLogin(request);
        for (const loginId of logins.endSessionsOf(instructor.id, id)) loginConnections.end(loginId);
        return reply.status(204).send();
      },
    );

    app.post(
      '/api/class/links/look',
      { schema: { body: LinkLook }, config },
      async (request): Promise<LinkView> => instructors.lookAtLink(request.body.token, request.clientAddress),
    );

    app.post(
      '/api/class/links/use',
      { schema: { body: LinkUse }, config: { ...config, audit: 'instructor-link' } },
      async (request, reply) => {
        // A learner's browser that got hold of the link makes nobody an instructor by a slip.
        if (request.learner !== null) throw new LabError('INSTRUCTORS_ONLY', 'a learner is signed in');
        const { token, account } = request.body;
        const { instructor, link } = await instructors.useLink(token, {
          account,
          signedIn: request.instructor,
          address: request.clientAddress,
        });
        request.auditTarget = [link.cohort?.id ?? link.purpose, instructor.id].join('/');
        if (link.purpose === 'reset')
          for (const loginId of logins.endSessionsOf(instructor.id)) loginConnections.end(loginId);
        if (request.instructor?.id !== instructor.id)
          beginLogin(options, request, reply, { learner: null, instructor });
        return reply.status(204).send();
      },
    );
  };
}
