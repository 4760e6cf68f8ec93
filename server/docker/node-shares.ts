import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { ExecShare } from './exec-share.ts';
import { FolderShare } from './folder-share.ts';
import { nodeContainerName } from './node-container.ts';
import type { NodeShare } from './node-share.ts';
import { makeShareRoot, shareRootOf } from './share-root.ts';
import { makeShareFolder, type ShareUser } from './share-user.ts';

export interface NodeSharesOptions {
  readonly engine: Docker;
  readonly dataDir: string;
  /** Who uses the sockets, where that is not us. */
  readonly user?: ShareUser | undefined;
  readonly useExec: () => Promise<boolean>;
}

/** One share per lab node, kept until its environment is removed. Can be made anew from names after a restart. */
export class NodeShares {
  readonly #options: NodeSharesOptions;
  readonly #shares = new Map<string, NodeShare>();

  constructor(options: NodeSharesOptions) {
    this.#options = options;
  }

  async of(environmentId: string, nodeName: string): Promise<NodeShare> {
    const useExec = await this.#options.useExec();
    const key = `${environmentId}/${nodeName}`;
    const known = this.#shares.get(key);
    if (known !== undefined) return known;
    const nodeFolder = join(this.#folderOf(environmentId), nodeName);
    const { engine } = this.#options;
    const share = useExec
      ? new ExecShare({
          nodeFolder,
          modem: engine.modem,
          container: () => engine.getContainer(nodeContainerName(environmentId, nodeName)),
        })
      : new FolderShare(nodeFolder, this.#options.user);
    this.#shares.set(key, share);
    return share;
  }

  async remove(environmentId: string): Promise<void> {
    for (const [key, share] of this.#shares) {
      if (!key.startsWith(`${environmentId}/`)) continue;
      this.#shares.delete(key);
      await share.close();
    }
    await rm(this.#folderOf(environmentId), { recursive: true, force: true });
  }

  async prepare(environmentId: string): Promise<void> {
    const { dataDir, user } = this.#options;
    await makeShareRoot(shareRootOf(dataDir), user);
    await makeShareFolder(this.#folderOf(environmentId), user);
  }

  #folderOf(environmentId: string): string {
    return join(shareRootOf(this.#options.dataDir), environmentId);
  }
}
