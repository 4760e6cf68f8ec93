import type Docker from 'dockerode';
import { LabError } from '../domain/lab-error.ts';
import type { LabNodeRef, LabShell, RunScript } from '../ports.ts';
import { attachCommand } from './attach-command.ts';
import { connectEngine, reasonOf } from './engine.ts';
import { type ExecRequest, execOutput } from './exec-output.ts';
import { LAB_ENTER, TERMINAL } from './lab-programs.ts';
import { handOver, type ShareUser } from './share-user.ts';

const SHORT_OUTPUT_BYTES = 16 * 1024;

/** The learner's shells, reached by fixed commands of the node image. */
export class DockerLabShell implements LabShell {
  readonly #engine: Docker;
  readonly #engineUrl: string;
  readonly #shareUser: ShareUser | undefined;

  constructor(options: { engineUrl: string; shareUser?: ShareUser | undefined }) {
    this.#engine = connectEngine(options.engineUrl);
    this.#engineUrl = options.engineUrl;
    this.#shareUser = options.shareUser;
  }

  async start(
    node: LabNodeRef,
    terminalId: string,
    size: { cols: number; rows: number },
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await this.#terminal(node, ['start', terminalId, String(size.cols), String(size.rows)], signal);
      if (this.#shareUser !== undefined && node.terminalFolder !== null)
        await handOver(node.terminalFolder, this.#shareUser);
    } catch (cause) {
      throw new LabError('TERMINAL_START_FAILED', `${node.name}: ${reasonOf(cause)}`, { cause });
    }
  }

  attachCommand(node: LabNodeRef, terminalId: string): { file: string; args: readonly string[] } {
    return attachCommand(node, terminalId, this.#engineUrl);
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
