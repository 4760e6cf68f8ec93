import { constants } from 'node:fs';
import { chmod, type FileHandle, lstat, mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { ShareUser } from '../docker/share-user.ts';

export class DataFolderError extends Error {}

/** What lay in the data folder itself before the process facing the web had a folder of its own. */
const MOVED = ['rollout-lab.db-wal', 'rollout-lab.db-shm', 'rollout-lab.db', 'screens'];

/**
 * Sees to the folder that the process facing the web may write to, and to nothing else of the data folder being its.
 * @param user whose it is to be; `null`: we share the user
 * @throws {DataFolderError}
 */
export async function prepareWebFolder(config: Config, user: ShareUser | null): Promise<void> {
  const { dataDir, webDir } = config;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const found = await lstat(dataDir);
  if (user !== null) {
    // Whoever can write to the data folder could put other things into the place of ours, which root would follow.
    const isTheirs = found.uid === user.uid || found.gid === user.gid || (found.mode & 0o002) !== 0;
    if (!found.isDirectory() || isTheirs) {
      throw new DataFolderError(
        `User ${user.uid}, who faces the web, may not be able to write to ${dataDir} itself. ` +
          `Change that: chown root:root ${dataDir}; chmod o-w ${dataDir}`,
      );
    }
    // So that the user reaches its own part. What else is in here has to be known by name, and is ours.
    await chmod(dataDir, (found.mode & 0o777) | 0o011);
  }
  await mkdir(webDir, { recursive: true, mode: 0o700 });
  const known = new Set(await readdir(webDir));
  if (!known.has('rollout-lab.db')) {
    for (const name of MOVED) await rename(join(dataDir, name), join(webDir, name)).catch(unlessMissing);
  }
  const owner = user ?? (process.getuid?.() === 0 ? { uid: 0, gid: 0 } : null);
  if (owner !== null && process.platform === 'linux') await give(webDir, owner);
}

const FOLDER = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_DIRECTORY;
/** Non-blocking, so that a pipe somebody put there holds nobody up. */
const ANYTHING = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Changes whose a folder is, with all that it holds. The user before may have put links there: nothing is reached by
 * a path twice, links are left alone, and a file that has another name elsewhere is refused.
 */
async function give(path: string, owner: ShareUser): Promise<void> {
  const folder = await open(path, FOLDER);
  try {
    // Also in a folder that is its already: a database that was put back from a copy is not.
    await giveContent(folder, owner);
    await folder.chown(owner.uid, owner.gid);
  } finally {
    await folder.close();
  }
}

async function giveContent(folder: FileHandle, owner: ShareUser): Promise<void> {
  const inside = `/proc/self/fd/${folder.fd}`;
  for (const name of await readdir(inside)) {
    const entry = await open(`${inside}/${name}`, ANYTHING).catch((failure: NodeJS.ErrnoException) => {
      // A link (ELOOP), a socket (ENXIO).
      if (failure.code === 'ELOOP' || failure.code === 'ENXIO' || failure.code === 'ENOENT') return null;
      throw failure;
    });
    if (entry === null) continue;
    try {
      const found = await entry.stat();
      if (found.isDirectory()) await giveContent(entry, owner);
      if (found.uid === owner.uid && found.gid === owner.gid) continue;
      if (!found.isDirectory() && found.nlink > 1) {
        throw new DataFolderError(`${name} in web/ of the data folder has a second name elsewhere`);
      }
      await entry.chown(owner.uid, owner.gid);
    } finally {
      await entry.close();
    }
  }
}

function unlessMissing(failure: NodeJS.ErrnoException): void {
  if (failure.code !== 'ENOENT') throw failure;
}
