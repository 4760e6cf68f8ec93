/**
 * `npm run -s link [NAME]`: a fresh link for the server that uses this data folder. Alone, it signs in. Of a class, it
 * sets up the first instructor, or gives the one of this name a new passphrase.
 */

import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { prepareWebFolder } from '../broker/web-folder.ts';
import { planWebLaunch } from '../broker/web-launch.ts';
import { endOf, spawnAsWeb } from '../broker/web-process.ts';
import { type Config, readConfig } from '../config.ts';
import type { Instructor } from '../domain/stores.ts';
import { resetLink, setupLink } from '../instructor-link.ts';
import { furtherLaunchLink } from '../launch-link.ts';
import { SqliteInstructorStore } from '../store/class/instructor-store.ts';
import { SqliteLoginStore } from '../store/login-store.ts';
import { openStore } from '../store/open.ts';
import { webAddress } from '../web-address.ts';

const ANSWER_DEADLINE_MS = 2_000;
const PASSED_ON = '--name=';

const config = readConfig();
const launch = await planWebLaunch(config);
const given = process.argv.slice(2);
// What is started as the web's user has other arguments before.
const passedOn = given.find((argument) => argument.startsWith(PASSED_ON))?.slice(PASSED_ON.length);
const name = passedOn ?? given[0] ?? '';
if (launch.user !== null) {
  // The database is the web user's: root does not open what others can replace.
  await prepareWebFolder(config, launch.user);
  const child = spawnAsWeb(config, launch, 'server/cli/link.ts', [PASSED_ON + name]);
  process.exitCode = await endOf(child);
} else {
  const database = openStore(join(config.webDir, 'rollout-lab.db'));
  const link = await newLink(database);
  if (link === null) process.exitCode = 2;
  else process.stdout.write(`${link}\n`);
  database.close();
}

async function newLink(database: DatabaseSync): Promise<string | null> {
  const origin = webAddress(config, () => config.port).origin();
  const isClass = config.mode === 'class' || (await runsAsClass(config));
  if (!isClass) return furtherLaunchLink(new SqliteLoginStore(database), origin, Date.now());
  const store = new SqliteInstructorStore(database);
  const instructors = store.list();
  if (instructors.length === 0) return setupLink(store, origin, Date.now());
  const instructor = chosen(store, instructors);
  if (instructor !== null) return resetLink(store, origin, instructor, Date.now());
  const names = instructors.map((one) => `  ${one.name}`).join('\n');
  process.stderr.write(`Whose passphrase? npm run -s link -- NAME\n${names}\n`);
  return null;
}

function chosen(store: SqliteInstructorStore, instructors: readonly Instructor[]): Instructor | null {
  if (name !== '') return store.find(name)?.instructor ?? null;
  return instructors.length === 1 ? (instructors[0] ?? null) : null;
}

/** The mode is a setting of the start; whoever asks for a link elsewhere need not repeat it. */
async function runsAsClass({ host, port }: Config): Promise<boolean> {
  try {
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/healthz`;
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_DEADLINE_MS) });
    return ((await response.json()) as { mode?: unknown }).mode === 'class';
  } catch {
    return false;
  }
}
