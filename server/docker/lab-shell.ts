import { join } from 'node:path';
import type Docker from 'dockerode';
import { LabError } from '../domain/lab-error.ts';
import type { LabNodeRef, LabShell, RunScript } from '../ports.ts';
import { connectEngine, reasonOf } from './engine.ts';
import { type ExecRequest, execOutput } from './exec-output.ts';

const TERMINAL = '/opt/rollout-lab/bin/terminal';
const LAB_ENTER = '/opt/rollout-lab/bin/lab-enter';
const SHORT_OUTPUT_BYTES = 16 * 1024;

/** The learner's shells, reached by fixed commands of the node image. */
export class DockerLabShell implements LabShell {
  readonly #engine: Docker;
  readonly #engineUrl: string;

  constructor(options: { engineUrl: string }) {
    this.#engine = connectEngine(options.engineUrl);
    this.#engineUrl = options.engineUrl;
  }

  async start(
    node: LabNodeRef,
    terminalId: string,
    size: { cols: number; rows: number },
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await this.#terminal(node, ['start', terminalId, String(size.cols), String(size.rows)], signal);
    } catch (cause) {
      throw new LabError('TERMINAL_START_FAILED', `${node.name}: ${reasonOf(cause)}`, { cause });
    }
  }

  attachCommand(node: LabNodeRef, terminalId: string): { file: string; args: readonly string[] } {
    if (node.terminalFolder !== null) {
      const socket = join(node.terminalFolder, `${terminalId}.sock`);
      return { file: 'dtach', args: ['-a', socket, '-E', '-z', '-r', 'winch'] };
    }
    // No shared folder (Docker Desktop, a remote engine): the engine carries the bytes.
    const args = ['-H', this.#engineUrl, 'exec', '-it', node.containerId, TERMINAL, 'attach', terminalId];
    return { file: 'docker', args };
  }

  async stop(node: LabNodeRef, terminalId: string, signal: AbortSignal): Promise<void> {
    await this.#terminal(node, ['stop', terminalId], signal);
  }

  async list(node: LabNodeRef, signal: AbortSignal): Promise<string[]> {
    const output = await this.#terminal(node, ['list'], signal);
    return output.split(/\s+/).filter((word) => word.length > 0);
  }

  async run(
    node: LabNodeRef,
    script: RunScript,
    signal: AbortSignal,
  ): Promise<{ exitCode: number; output: string }> {
    const command = [LAB_ENTER, 'bash', '-l', '-c', script.script];
    return this.#exec(node, { ...script, command, tty: true }, signal);
  }

  async #terminal(node: LabNodeRef, args: readonly string[], signal: AbortSignal): Promise<string> {
    const request = { command: [TERMINAL, ...args], maxOutputBytes: SHORT_OUTPUT_BYTES };
    const { exitCode, output } = await this.#exec(node, request, signal);
    if (exitCode !== 0) {
      throw new LabError('LAB_NODE_UNREACHABLE', `terminal ${args[0]}: exit ${exitCode}: ${output.trim()}`);
    }
    return output;
  }

  #exec(
    node: LabNodeRef,
    request: ExecRequest,
    signal: AbortSignal,
  ): Promise<{ exitCode: number; output: string }> {
    return execOutput(this.#engine.getContainer(node.containerId), request, signal);
  }
}
