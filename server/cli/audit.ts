/** `npm run -s audit-log [COUNT]`: who did what and what was refused, oldest first, one tab-separated line each. */
import { join } from 'node:path';
import { prepareWebFolder } from '../broker/web-folder.ts';
import { planWebLaunch } from '../broker/web-launch.ts';
import { endOf, spawnAsWeb } from '../broker/web-process.ts';
import { readConfig } from '../config.ts';
import { SqliteAuditStore } from '../store/audit-store.ts';
import { openStore } from '../store/open.ts';

const DEFAULT_COUNT = 200;
const MAX_COUNT = 100_000;

const config = readConfig();
const launch = await planWebLaunch(config);
const count = Math.min(MAX_COUNT, Number.parseInt(process.argv.at(-1) ?? '', 10) || DEFAULT_COUNT);
if (launch.user !== null) {
  // The database is the web user's: root does not open what others can replace.
  await prepareWebFolder(config, launch.user);
  process.exitCode = await endOf(spawnAsWeb(config, launch, 'server/cli/audit.ts', [String(count)]));
} else {
  const database = openStore(join(config.webDir, 'rollout-lab.db'));
  const line = (fields: readonly unknown[]): string => `${fields.map((field) => field ?? '-').join('\t')}\n`;
  process.stdout.write(line(['time', 'times', 'event', 'outcome', 'actor', 'target', 'address', 'detail']));
  for (const row of new SqliteAuditStore(database).newest(count)) {
    const { atMs, times, event, outcome, actor, target, address, detail } = row;
    const time = new Date(atMs).toISOString();
    process.stdout.write(line([time, times, event, outcome, actor, target, address, detail]));
  }
  database.close();
}
