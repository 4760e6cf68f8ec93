import { createServer } from 'node:http';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RouteOptions,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { AuditTrail } from './domain/audit-trail.ts';
import { addAudit } from './plugins/audit.ts';
import { addClientAddress } from './plugins/client-address.ts';
import { addErrorHandler, answerFailure, nothingHere } from './plugins/errors.ts';
import { addSecurityHeaders } from './plugins/security-headers.ts';
import { addSignIn, type SignInOptions } from './plugins/sign-in.ts';
import { addSite, type SiteOptions } from './plugins/site.ts';
import { addTrust, type TrustOptions } from './plugins/trust.ts';
import { BoundedDialer } from './preview/bounded-dialer.ts';
import { PreviewGate } from './preview/preview-gate.ts';
import { addApiDescription } from './routes/api-description.ts';
import { type ClassRoutes, classRoutes } from './routes/class/class-routes.ts';
import { type HealthRoutes, healthRoutes } from './routes/health.ts';
import { labEventRoutes } from './routes/lab-events.ts';
import { labSessionRoutes } from './routes/lab-sessions.ts';
import { type LearningRoutes, learningRoutes } from './routes/learning.ts';
import { type LoginRoutes, loginRoutes } from './routes/login.ts';
import { type OwnDataRoutes, ownDataRoutes } from './routes/own-data.ts';
import { type PreviewRoutes, previewRoutes } from './routes/previews.ts';
import { addTerminalSocket, type TerminalSocketOptions } from './routes/terminal-socket.ts';
import { type TerminalRoutes, terminalRoutes } from './routes/terminals.ts';
import { type TimelineRoutes, timelineRoutes } from './routes/timeline.ts';

export interface AppParts
  extends TrustOptions,
    SignInOptions,
    LoginRoutes,
    ClassRoutes,
    OwnDataRoutes,
    LearningRoutes,
    HealthRoutes,
    TerminalRoutes,
    TimelineRoutes,
    PreviewRoutes,
    Pick<TerminalSocketOptions, 'connect' | 'guestOf'> {
  readonly site: (SiteOptions & { readonly contentSecurityPolicy: string }) | null;
  readonly audit: AuditTrail;
  readonly log: FastifyBaseLogger;
  /** Told of every route: a test makes sure that it knows them all. */
  readonly onRoute?: (route: RouteOptions) => void;
}

const BODY_LIMIT_BYTES = 64 * 1024;
const HTTP_LIMITS = {
  maxHeaderSize: 16 * 1024,
  /** For all headers to be there, also of a connection that says nothing. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 72_000,
  connectionsCheckingInterval: 2_000,
};
/** Longer than any answer takes to begin; a client that reads nothing for so long is gone. */
const SILENCE_LIMIT_MS = 180_000;
const CONNECTIONS_LIMIT = 2_000;

/** The whole web side without a port: tests start here. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const gate = new PreviewGate({
    address: parts.previewAddress,
    site: parts.address,
    previews: parts.previews,
    dialer: new BoundedDialer(parts.dialer),
  });
  const app = fastify({
    loggerInstance: parts.log,
    // Requests are not logged one by one: a lab page makes many, and what matters has its own line.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    frameworkErrors: (failure, request, reply) => void answerFailure(failure, request, reply),
    // HEAD would open event streams that nobody reads.
    exposeHeadRoutes: false,
    serverFactory: (handle) => {
      const server = createServer(HTTP_LIMITS, (request, response) => {
        if (gate.claims(request)) void gate.answer(request, response);
        else handle(request, response);
      });
      server.setTimeout(SILENCE_LIMIT_MS);
      server.maxConnections = CONNECTIONS_LIMIT;
      return server;
    },
  });
  app.server.on('upgrade', (request, socket, head) => {
    if (gate.claims(request)) void gate.upgrade(request, socket, head);
  });
  app.addHook('preClose', async () => gate.close());
  if (parts.onRoute) app.addHook('onRoute', parts.onRoute);
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  addErrorHandler(app);
  addSecurityHeaders(app, {
    contentSecurityPolicy: parts.site?.contentSecurityPolicy ?? null,
    frameSource: parts.previewAddress.frameSource,
    address: parts.address,
  });
  addClientAddress(app, parts.address);
  addAudit(app, parts.audit);
  addTrust(app, parts);
  await app.register(cookie);
  await app.register(rateLimit, {
    // A program that has run wild must not take the page's share from its instructor.
    max: (request) => (request.apiToken === null ? 6000 : 600),
    timeWindow: 60_000,
    // Many learners may share an address, and one learner may have several.
    keyGenerator: (request) =>
      request.apiToken?.id ?? request.learner?.id ?? request.instructor?.id ?? request.clientAddress,
  });
  addSignIn(app, parts);
  await addApiDescription(app, parts.version);
  await app.register(loginRoutes(parts));
  await app.register(ownDataRoutes(parts));
  await app.register(classRoutes(parts));
  await app.register(learningRoutes(parts));
  await app.register(labSessionRoutes(parts.sessions));
  await app.register(labEventRoutes(parts));
  await app.register(terminalRoutes(parts));
  await app.register(timelineRoutes(parts));
  await app.register(previewRoutes(parts));
  await app.register(healthRoutes(parts));
  addTerminalSocket(app, { ...parts, isElsewhere: (request) => gate.claims(request) });
  if (parts.site === null) app.setNotFoundHandler(nothingHere);
  else await addSite(app, parts.site);
  return app;
}
