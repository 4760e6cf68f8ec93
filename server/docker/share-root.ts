import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeShareFolder, type ShareUser } from './share-user.ts';

/** `sun_path` of unix(7) holds 108 bytes with the closing zero. */
const SOCKET_PATH_MAX_BYTES = 107;
/** Longest path below the root: `/<environment>/node9/terminals/t<11 characters>.sock`. */
const LONGEST_SOCKET = `/${'e'.repeat(16)}/node9/terminals/t${'x'.repeat(11)}.sock`;

/**
 * Folder for the sockets that lab nodes share with us. It lies in the data folder, unless that is so deep that the
 * sockets' paths would not fit into an address; then in the system's folder for temporary files.
 */
export function shareRootOf(dataDir: string, temporaryDir = tmpdir()): string {
  const inData = join(dataDir, 'labs');
  if (Buffer.byteLength(inData + LONGEST_SOCKET) <= SOCKET_PATH_MAX_BYTES) return inData;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return join(temporaryDir, `rollout-lab-${name}`);
}

/** @throws when somebody else has made a folder of that name: what we put there would be theirs */
export async function makeShareRoot(folder: string, user: ShareUser | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) {
    throw new Error(
      `${folder} belongs to somebody else: remove it, or use a data folder with a shorter path`,
    );
  }
  await makeShareFolder(folder, user);
}
