import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LabError } from '../domain/lab-error.ts';

/**
 * The folder that a lab node and the server share (`/lab/share` in the node): only real root writes there, so a
 * learner who becomes root inside the lab can't plant a link that the server would follow.
 */
export class NodeShare {
  readonly folder: string;

  constructor(dataDir: string, environmentId: string, nodeName: string) {
    this.folder = join(environmentFolder(dataDir, environmentId), nodeName);
  }

  get engineSocket(): string {
    return join(this.folder, 'engine.sock');
  }

  get terminalFolder(): string {
    return join(this.folder, 'terminals');
  }

  async make(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  /** Forgets an earlier start of the same node. */
  async clearMarks(): Promise<void> {
    await Promise.all(['ready', 'failed'].map((mark) => rm(join(this.folder, mark), { force: true })));
  }

  /**
   * Waits for the node's own word that its engine answers and its images are loaded.
   * @throws {LabError} LAB_START_FAILED with the node's reason, or when the container is gone, or at the deadline
   */
  async whenReady(isRunning: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    for (let round = 0; ; round++) {
      if ((await this.#read('ready')) !== null) return;
      const failure = await this.#read('failed');
      if (failure !== null)
        throw new LabError('LAB_START_FAILED', `the node reported: ${failure.trim().slice(0, 500)}`);
      if (round % 20 === 19 && !(await isRunning())) {
        throw new LabError('LAB_START_FAILED', 'the node stopped while starting; see its container log');
      }
      if (signal.aborted)
        throw new LabError('LAB_START_FAILED', 'the node was not ready before the deadline', {
          cause: signal.reason,
        });
      await delay(25);
    }
  }

  async #read(mark: string): Promise<string | null> {
    return readFile(join(this.folder, mark), 'utf8').catch(() => null);
  }
}

export function environmentFolder(dataDir: string, environmentId: string): string {
  return join(dataDir, 'labs', environmentId);
}
