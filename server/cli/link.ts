/** `npm run -s link`: prints a fresh sign-in link for the server that uses this data folder. */
import { join } from 'node:path';
import { prepareWebFolder } from '../broker/web-folder.ts';
import { planWebLaunch } from '../broker/web-launch.ts';
import { endOf, spawnAsWeb } from '../broker/web-process.ts';
import { readConfig } from '../config.ts';
import { furtherLaunchLink } from '../launch-link.ts';
import { SqliteLoginStore } from '../store/login-store.ts';
import { openStore } from '../store/open.ts';
import { webAddress } from '../web-address.ts';

const config = readConfig();
const launch = await planWebLaunch(config);
if (launch.user !== null) {
  // The database is the web user's: root does not open what others can replace.
  await prepareWebFolder(config, launch.user);
  process.exitCode = await endOf(spawnAsWeb(config, launch, 'server/cli/link.ts'));
} else {
  const database = openStore(join(config.webDir, 'rollout-lab.db'));
  const origin = webAddress(config, () => config.port).origin();
  process.stdout.write(`${furtherLaunchLink(new SqliteLoginStore(database), origin, Date.now())}\n`);
  database.close();
}
