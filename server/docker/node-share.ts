import { setTimeout as delay } from 'node:timers/promises';
import { LabError } from '../domain/lab-error.ts';

/**
 * What a lab node and the server share: the folder `/lab/share` of the node, which only real root can write to and
 * which nobody inside the lab can see. Either it is a folder of this machine too, or the engine carries the bytes.
 */
export interface NodeShare {
  /** Folder of this machine to mount at `/lab/share`; `null` where the engine can't mount our folders. */
  readonly bindFolder: string | null;
  readonly engineSocket: string;
  readonly terminalFolder: string | null;
  /** Before the node starts, and before a stopped one starts again. */
  prepare(): Promise<void>;
  /** Text of a mark that the node's init leaves, `null` while it is not there. */
  readMark(mark: 'ready' | 'failed'): Promise<string | null>;
  /** Makes `engineSocket` usable. Called when the node is up, any number of times. */
  open(): Promise<void>;
  close(): Promise<void>;
}

const POLL_MS = 25;

/**
 * Waits for the node's own word that its engine answers and its images are loaded.
 * @throws {LabError} LAB_START_FAILED with the node's reason, or when the container is gone, or at the deadline
 */
export async function whenReady(
  share: NodeShare,
  isRunning: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  for (let round = 0; ; round++) {
    if ((await share.readMark('ready')) !== null) return share.open();
    const failure = await share.readMark('failed');
    if (failure !== null)
      throw new LabError('LAB_START_FAILED', `the node reported: ${failure.trim().slice(0, 500)}`);
    if (round % 20 === 19 && !(await isRunning())) {
      throw new LabError('LAB_START_FAILED', 'the node stopped while starting; see its container log');
    }
    if (signal.aborted) {
      throw new LabError('LAB_START_FAILED', 'the node was not ready before the deadline', {
        cause: signal.reason,
      });
    }
    await delay(POLL_MS);
  }
}
