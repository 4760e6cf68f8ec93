/** The product's server without the split: the process that faces the web holds the engine's socket itself. */
import { mkdir } from 'node:fs/promises';
import { assemble } from '../../server/assemble.ts';
import { dockerLabs } from '../../server/broker/docker-labs.ts';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/open-log.ts';

const config = readConfig();
await mkdir(config.webDir, { recursive: true, mode: 0o700 });
const server = await assemble(config, await dockerLabs(config, null), openLog(config.logLevel));
process.once('SIGTERM', () => void server.stop().finally(() => process.exit(0)));
await server.listen();
process.stdout.write(`${server.launchLink()}\n`);
