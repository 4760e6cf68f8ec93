/** The broker: holds the engine's socket, starts the process that faces the web and does what its messages ask. */
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Broker } from './broker/broker.ts';
import { provideServerSplit } from './broker/server-split.ts';
import { brokerVerbs } from './broker/verbs.ts';
import { DataFolderError, prepareWebFolder } from './broker/web-folder.ts';
import { planWebLaunch } from './broker/web-launch.ts';
import { STOP_DEADLINE_MS, WebProcess } from './broker/web-process.ts';
import { readLabDefinitions } from './catalog/lab-definitions.ts';
import { ConfigError, inFolder, readConfig } from './config.ts';
import { explainFailure } from './explain-failure.ts';
import { openLog } from './open-log.ts';

/** The web process gives up by itself before. */
const PATIENCE_MS = STOP_DEADLINE_MS + 500;
/** For calls that run when the web process ends. Together less than set-up waits before it kills. */
const CLEAN_UP_MS = 4_000;

try {
  const given = readConfig();
  const log = openLog(given.logLevel);
  await mkdir(given.dataDir, { recursive: true, mode: 0o700 });
  const config = inFolder(given, await realpath(given.dataDir));
  const launch = await planWebLaunch(config);
  await prepareWebFolder(config, launch.user);
  const web = new WebProcess(config, launch);
  provideServerSplit(() => web.split());
  // The engine's client is half of what we load: that goes on beside the start of the web process, which waits for us.
  const { dockerLabs } = await import('./broker/docker-labs.ts');
  const [labs, definitions] = await Promise.all([
    dockerLabs(config, launch.user),
    readLabDefinitions(join(config.rootDir, 'labs')),
  ]);
  let isStopping = false;
  const broker = new Broker({
    stream: web.channel,
    verbs: brokerVerbs({ ...labs, labs: definitions, maxEnvironments: config.maxEnvironments }),
    log,
    onEnd: (failure) => {
      if (failure === null) return;
      log.error({ err: failure }, 'the web process broke the protocol');
      web.kill();
    },
  });
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    broker.askToStop(signal);
    setTimeout(() => {
      log.error({ patienceMs: PATIENCE_MS }, 'the web process did not end in time');
      web.kill();
    }, PATIENCE_MS).unref();
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  const exitCode = await web.ended;
  await broker.close(CLEAN_UP_MS);
  process.exit(exitCode);
} catch (failure) {
  process.stderr.write(`${explainFailure(failure, [ConfigError, DataFolderError])}\n`);
  process.exit(1);
}
