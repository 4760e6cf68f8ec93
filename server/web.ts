/** The process that faces the web: everything but the engine's socket, which the broker in `main.ts` holds. */
import { Socket } from 'node:net';
import { assemble, type Server } from './assemble.ts';
import { BrokerClient } from './broker/broker-client.ts';
import { BrokeredLabHost } from './broker/brokered-lab-host.ts';
import { BrokeredLabShell } from './broker/brokered-lab-shell.ts';
import { closeDescriptors } from './broker/inherited.ts';
import { CHANNEL_FD, STOP_DEADLINE_MS } from './broker/web-process.ts';
import { CatalogError } from './catalog/catalog-error.ts';
import { ConfigError, readConfig } from './config.ts';
import { SiteMissingError } from './content-security-policy.ts';
import { explainFailure } from './explain-failure.ts';
import { openLog } from './open-log.ts';
import { StoreError } from './store/open.ts';
import { WallMissingError } from './wall-guard.ts';

const LEAVE_DEADLINE_MS = 3_000;

process.umask(0o077);
closeDescriptors(process.argv[2] ?? '');

try {
  const config = readConfig();
  const log = openLog(config.logLevel);
  let server: Server | undefined;
  let isEnding = false;
  /** Ends this process once the server has, at the deadline at the latest. */
  const end = (deadlineMs: number, exitCode: number, ending: (server: Server) => Promise<void>): void => {
    if (isEnding) return;
    isEnding = true;
    // Still starting: what has begun carries our label, and the next start removes it.
    if (server === undefined) process.exit(exitCode);
    setTimeout(() => {
      log.error({ deadlineMs }, 'server did not stop in time');
      process.exit(1);
    }, deadlineMs).unref();
    ending(server).then(
      () => process.exit(exitCode),
      (failure: unknown) => {
        log.error({ err: failure }, 'server stopped badly');
        process.exit(1);
      },
    );
  };
  const stop = (signal: string): void => {
    if (!isEnding) log.info({ signal }, 'server stopping');
    end(STOP_DEADLINE_MS, 0, (running) => running.stop());
  };
  const broker = new BrokerClient({
    stream: new Socket({ fd: CHANNEL_FD, readable: true, writable: true }),
    onStop: stop,
    onGone: () => {
      if (isEnding) return;
      log.error({}, 'the process that holds the engine has ended');
      end(LEAVE_DEADLINE_MS, 1, (running) => running.leave());
    },
  });
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  const labs = {
    host: new BrokeredLabHost(broker),
    shell: new BrokeredLabShell(broker, config.engineUrl),
  };
  server = await assemble(config, labs, log);
  await server.listen();
  process.stdout.write(`\n  열어 보세요 / Open:  ${server.launchLink()}\n\n`);
} catch (failure) {
  process.stderr.write(
    `${explainFailure(failure, [ConfigError, StoreError, CatalogError, SiteMissingError, WallMissingError])}\n`,
  );
  process.exit(1);
}
