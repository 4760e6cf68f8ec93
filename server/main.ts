/** The server process: settings, start, signals, orderly end. Everything else is put together in `assemble.ts`. */
import { pino } from 'pino';
import { assemble } from './assemble.ts';
import { dockerLabs } from './broker/docker-labs.ts';
import { CatalogError } from './catalog/catalog-error.ts';
import { ConfigError, readConfig } from './config.ts';
import { SiteMissingError } from './content-security-policy.ts';
import { LabError } from './domain/lab-error.ts';
import { StoreError } from './store/open.ts';

const STOP_DEADLINE_MS = 25_000;

/** Failures that an operator can act on are told in words; anything else is a bug and keeps its stack. */
function explain(failure: unknown): string {
  const explained = [ConfigError, StoreError, CatalogError, SiteMissingError];
  if (explained.some((kind) => failure instanceof kind)) return (failure as Error).message;
  if (failure instanceof LabError) return `${failure.message} (${failure.code})`;
  if ((failure as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `${(failure as Error).message}\nAnother program uses this port. Choose one: ROLLOUT_LAB_PORT=4322 npm start`;
  }
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}

try {
  const config = readConfig();
  const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  const server = await assemble(config, await dockerLabs(config), log);
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'server stopping');
    setTimeout(() => {
      log.error({ deadlineMs: STOP_DEADLINE_MS }, 'server did not stop in time');
      process.exit(1);
    }, STOP_DEADLINE_MS).unref();
    server.stop().then(
      () => process.exit(0),
      (failure: unknown) => {
        log.error({ err: failure }, 'server stopped badly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  await server.listen();
  process.stdout.write(`\n  열어 보세요 / Open:  ${server.launchLink()}\n\n`);
} catch (failure) {
  process.stderr.write(`${explain(failure)}\n`);
  process.exit(1);
}
