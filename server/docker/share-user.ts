import { chmod, lchown, lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Who connects to the sockets in a node's share, as a user id without rights of its own. */
export interface ShareUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * A folder that stays ours: the user gets through to what it knows by name, and can neither list nor make nor
 * rename anything. So nothing in there is ever put there by the user for us to follow.
 */
export async function makeShareFolder(folder: string, user: ShareUser | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await letThrough(folder, user);
}

/** For folders of an earlier run with another user. One that is gone stays gone. */
export async function letThrough(folder: string, user: ShareUser | undefined): Promise<void> {
  const mode = user === undefined ? 0o700 : 0o711;
  const found = await lstat(folder).catch(() => null);
  if (found?.isDirectory() && (found.mode & 0o777) !== mode) await chmod(folder, mode).catch(unlessGone);
}

/** Gives the sockets in such a folder to the user, and nothing else: marks are ours to read. */
export async function handOver(folder: string, { uid, gid }: ShareUser): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await lstat(path).catch(() => null);
    if (!found?.isSocket() || (found.uid === uid && found.gid === gid)) continue;
    await lchown(path, uid, gid).catch(unlessGone);
  }
}

/** A terminal or a lab that ended meanwhile. */
function unlessGone(failure: NodeJS.ErrnoException): void {
  if (failure.code !== 'ENOENT') throw failure;
}
