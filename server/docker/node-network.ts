import type Docker from 'dockerode';
import { LabError } from '../domain/lab-error.ts';
import { engineFailure } from './engine.ts';
import { execOutput } from './exec-output.ts';

/**
 * The end of the node's cable that lies outside the lab (docs/decisions/0006): down, the lab's own eth0 has no carrier,
 * and nobody in the lab can change that. Sockets in the shared folder go on. A node that boots again is plugged in.
 */
const CABLE = 'lab0';
const MAX_OUTPUT_BYTES = 4_096;

/** Idempotent. @throws {LabError} UNPLUG_IMPOSSIBLE where frames are not filtered, so that no end lies outside */
export async function unplugNode(
  container: Docker.Container,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const problem = await setCable(container, 'down', signal);
  if (problem === null) return;
  throw new LabError('UNPLUG_IMPOSSIBLE', `unplugging ${name}: ${problem}`, { params: { node: name } });
}

/** Idempotent; for a node that runs. A node that was never unplugged may have no such cable. */
export async function plugInNode(
  container: Docker.Container,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const problem = await setCable(container, 'up', signal);
  if (problem === null || /cannot find device/i.test(problem)) return;
  throw new LabError('LAB_NODE_UNREACHABLE', `plugging ${name} in: ${problem}`);
}

/** @returns what went wrong */
async function setCable(
  container: Docker.Container,
  to: 'up' | 'down',
  signal: AbortSignal,
): Promise<string | null> {
  const command = ['/usr/sbin/ip', 'link', 'set', CABLE, to];
  const request = { command, maxOutputBytes: MAX_OUTPUT_BYTES };
  const { exitCode, output } = await execOutput(container, request, signal).catch((failure: unknown) => {
    throw engineFailure(`setting ${CABLE} ${to}`, failure);
  });
  return exitCode === 0 ? null : output.trim();
}
