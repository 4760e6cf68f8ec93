/** `npm run -s link`: prints a fresh sign-in link for the server that uses this data folder. */
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { newLaunchLink } from '../launch-link.ts';
import { SqliteLoginStore } from '../store/login-store.ts';
import { openStore } from '../store/open.ts';

const config = readConfig();
const database = openStore(join(config.dataDir, 'rollout-lab.db'));
process.stdout.write(
  `${newLaunchLink(new SqliteLoginStore(database), `http://${config.host}:${config.port}`, Date.now())}\n`,
);
database.close();
