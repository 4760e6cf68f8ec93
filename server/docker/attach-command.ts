import { join } from 'node:path';
import type { LabNodeRef } from '../ports.ts';
import { TERMINAL } from './lab-programs.ts';

/** Program that joins a pty of this machine to a terminal's shell. */
export function attachCommand(
  node: LabNodeRef,
  terminalId: string,
  engineUrl: string,
): { file: string; args: readonly string[] } {
  if (node.terminalFolder !== null) {
    const socket = join(node.terminalFolder, `${terminalId}.sock`);
    return { file: 'dtach', args: ['-a', socket, '-E', '-z', '-r', 'winch'] };
  }
  // No shared folder (Docker Desktop, a remote engine): the engine carries the bytes.
  const args = ['-H', engineUrl, 'exec', '-it', node.containerId, TERMINAL, 'attach', terminalId];
  return { file: 'docker', args };
}
