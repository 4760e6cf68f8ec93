import type Docker from 'dockerode';
import { execOutput } from './exec-output.ts';

const MAX_OUTPUT_BYTES = 4_096;

/** Breaks a node's connections to swarm managers: its agent comes back at once, and asks how often to report. */
export async function reconnectNode(container: Docker.Container, signal: AbortSignal): Promise<void> {
  const command = ['/opt/rollout-lab/bin/lab-enter', '-r', 'ss', '-K', 'dport', '=', ':2377'];
  await execOutput(container, { command, maxOutputBytes: MAX_OUTPUT_BYTES }, signal);
}
