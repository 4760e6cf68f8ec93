import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { addErrorHandler, nothingHere } from './plugins/errors.ts';
import { addSignIn, type SignInOptions } from './plugins/sign-in.ts';
import { addSite, type SiteOptions } from './plugins/site.ts';
import { addTrust, type TrustOptions } from './plugins/trust.ts';
import { type HealthRoutes, healthRoutes } from './routes/health.ts';
import { labEventRoutes } from './routes/lab-events.ts';
import { labSessionRoutes } from './routes/lab-sessions.ts';
import { type LearningRoutes, learningRoutes } from './routes/learning.ts';
import { type LoginRoutes, loginRoutes } from './routes/login.ts';
import { addTerminalSocket, type TerminalSocketOptions } from './routes/terminal-socket.ts';
import { type TerminalRoutes, terminalRoutes } from './routes/terminals.ts';

export interface AppParts
  extends TrustOptions,
    SignInOptions,
    LoginRoutes,
    LearningRoutes,
    HealthRoutes,
    TerminalRoutes,
    Pick<TerminalSocketOptions, 'connect'> {
  readonly site: SiteOptions | null;
  readonly log: FastifyBaseLogger;
}

const BODY_LIMIT_BYTES = 64 * 1024;
const REQUEST_DEADLINE_MS = 30_000;

/** The whole web side without a port: tests start here. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: parts.log,
    // Requests are not logged one by one: a lab page makes many, and what matters has its own line.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_DEADLINE_MS,
    forceCloseConnections: true,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  addErrorHandler(app);
  addTrust(app, parts);
  await app.register(cookie);
  await app.register(rateLimit, { max: 6000, timeWindow: 60_000 });
  addSignIn(app, parts);
  await app.register(loginRoutes(parts));
  await app.register(learningRoutes(parts));
  await app.register(labSessionRoutes(parts.sessions));
  await app.register(labEventRoutes(parts.sessions));
  await app.register(terminalRoutes(parts));
  await app.register(healthRoutes(parts));
  addTerminalSocket(app, { ...parts, trust: parts });
  if (parts.site === null) app.setNotFoundHandler(nothingHere);
  else await addSite(app, parts.site);
  return app;
}
