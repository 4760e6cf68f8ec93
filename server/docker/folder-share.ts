import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NodeShare } from './node-share.ts';
import { handOver, letThrough, makeShareFolder, type ShareUser } from './share-user.ts';

/** The usual case: engine and server see the same file system, and the sockets lie in a folder of it. */
export class FolderShare implements NodeShare {
  readonly bindFolder: string;
  readonly #user: ShareUser | undefined;

  /** @param user who connects to the sockets; left out: we ourselves */
  constructor(nodeFolder: string, user: ShareUser | undefined) {
    this.bindFolder = nodeFolder;
    this.#user = user;
  }

  get engineSocket(): string {
    return join(this.bindFolder, 'engine.sock');
  }

  get terminalFolder(): string {
    return join(this.bindFolder, 'terminals');
  }

  async prepare(): Promise<void> {
    await makeShareFolder(this.bindFolder, this.#user);
    // Else the node's init makes it, for nobody but the owner of the share.
    await makeShareFolder(this.terminalFolder, this.#user);
    await Promise.all(['ready', 'failed'].map((mark) => rm(join(this.bindFolder, mark), { force: true })));
  }

  async readMark(mark: 'ready' | 'failed'): Promise<string | null> {
    return readFile(join(this.bindFolder, mark), 'utf8').catch(() => null);
  }

  async open(): Promise<void> {
    const user = this.#user ?? ourselves();
    const environmentFolder = dirname(this.bindFolder);
    for (const folder of [dirname(environmentFolder), environmentFolder])
      await letThrough(folder, this.#user);
    for (const folder of [this.bindFolder, this.terminalFolder]) {
      await letThrough(folder, this.#user);
      await handOver(folder, user);
    }
  }
  async close(): Promise<void> {}
}

/** Sockets of an earlier run may be another user's still. */
function ourselves(): ShareUser {
  return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
}
