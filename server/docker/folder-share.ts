import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeShare } from './node-share.ts';

/** The usual case: engine and server see the same file system, and the sockets lie in a folder of it. */
export class FolderShare implements NodeShare {
  readonly bindFolder: string;

  constructor(nodeFolder: string) {
    this.bindFolder = nodeFolder;
  }

  get engineSocket(): string {
    return join(this.bindFolder, 'engine.sock');
  }

  get terminalFolder(): string {
    return join(this.bindFolder, 'terminals');
  }

  async prepare(): Promise<void> {
    await mkdir(this.bindFolder, { recursive: true, mode: 0o700 });
    await Promise.all(['ready', 'failed'].map((mark) => rm(join(this.bindFolder, mark), { force: true })));
  }

  async readMark(mark: 'ready' | 'failed'): Promise<string | null> {
    return readFile(join(this.bindFolder, mark), 'utf8').catch(() => null);
  }

  async open(): Promise<void> {}
  async close(): Promise<void> {}
}
