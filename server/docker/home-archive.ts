import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Pack, pack } from 'tar-stream';
import type { SshKeys } from './ssh-keys.ts';

/**
 * The learner's home as a tar for `/lab/home` in a node; the node's init gives it to the learner.
 * @param sshKeys the lab's key pair, where it has nodes that talk to each other
 */
export async function homeArchive(filesFolder: string, sshKeys: SshKeys | null): Promise<Buffer> {
  const archive = pack();
  for (const name of await filesUnder(filesFolder)) {
    const mode = name.endsWith('.sh') ? 0o755 : 0o644;
    archive.entry({ name, mode, mtime: new Date(0) }, await readFile(join(filesFolder, name)));
  }
  if (sshKeys !== null) addSshFolder(archive, sshKeys);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Paths from the folder on, also behind links to folders: labs of the same application share its files that way. */
async function filesUnder(folder: string, within = ''): Promise<string[]> {
  const names = (await readdir(join(folder, within))).sort();
  const found: string[] = [];
  for (const name of names) {
    const path = posix.join(within, name);
    const entry = await stat(join(folder, path));
    if (entry.isDirectory()) found.push(...(await filesUnder(folder, path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/** All nodes of a lab have one identity, as clients and as hosts: `lab-node` in the node image's ssh_config. */
function addSshFolder(archive: Pack, keys: SshKeys): void {
  const mtime = new Date(0);
  archive.entry({ name: '.ssh/', type: 'directory', mode: 0o700, mtime });
  const add = (name: string, mode: number, content: string | Buffer): void => {
    archive.entry({ name: `.ssh/${name}`, mode, mtime }, content);
  };
  add('id_ed25519', 0o600, keys.openSshPrivate);
  add('host_key', 0o600, keys.dropbearPrivate);
  add('authorized_keys', 0o600, `${keys.publicLine} lab\n`);
  add('known_hosts', 0o644, `lab-node ${keys.publicLine}\n`);
}
