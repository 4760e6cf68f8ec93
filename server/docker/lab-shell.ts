import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { LabError } from '../domain/lab-error.ts';
import type { LabNodeRef, LabShell, RunScript } from '../ports.ts';
import { connectEngine, reasonOf } from './engine.ts';

const TERMINAL = '/opt/rollout-lab/bin/terminal';
const LAB_ENTER = '/opt/rollout-lab/bin/lab-enter';

/** The learner's shells, reached by fixed commands of the node image. Arguments are lists, never shell strings. */
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
    const command = [TERMINAL, 'start', terminalId, String(size.cols), String(size.rows)];
    const { exitCode, output } = await this.#exec(node, { command, maxOutputBytes: 4096 }, signal).catch(
      (cause: unknown) => {
        throw new LabError('TERMINAL_START_FAILED', `${node.name}: ${reasonOf(cause)}`, { cause });
      },
    );
    if (exitCode !== 0)
      throw new LabError('TERMINAL_START_FAILED', `${node.name}: exit ${exitCode}: ${output.trim()}`);
  }

  attachCommand(node: LabNodeRef, terminalId: string): { file: string; args: readonly string[] } {
    if (node.terminalFolder !== null) {
      const socket = join(node.terminalFolder, `${terminalId}.sock`);
      return { file: 'dtach', args: ['-a', socket, '-E', '-z', '-r', 'winch'] };
    }
    // No shared folder (Docker Desktop, a remote engine): the engine carries the bytes.
    return {
      file: 'docker',
      args: ['-H', this.#engineUrl, 'exec', '-it', node.containerId, TERMINAL, 'attach', terminalId],
    };
  }

  async stop(node: LabNodeRef, terminalId: string, signal: AbortSignal): Promise<void> {
    await this.#exec(node, { command: [TERMINAL, 'stop', terminalId], maxOutputBytes: 4096 }, signal);
  }

  async list(node: LabNodeRef, signal: AbortSignal): Promise<string[]> {
    const { output } = await this.#exec(
      node,
      { command: [TERMINAL, 'list'], maxOutputBytes: 64 * 1024 },
      signal,
    );
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

  async #exec(
    node: LabNodeRef,
    request: ExecRequest,
    signal: AbortSignal,
  ): Promise<{ exitCode: number; output: string }> {
    const tty = request.tty ?? false;
    const exec = await this.#engine.getContainer(node.containerId).exec({
      Cmd: [...request.command],
      User: '0',
      Tty: tty,
      AttachStdin: false,
      AttachStdout: true,
      AttachStderr: true,
      Env: tty ? ['TERM=xterm-256color'] : [],
      abortSignal: signal,
    });
    const stream = await exec.start({ Tty: tty, abortSignal: signal });
    const output = await collect(this.#engine, stream, request, signal);
    const { ExitCode: exitCode } = await exec.inspect();
    return { exitCode: exitCode ?? 0, output };
  }
}

interface ExecRequest {
  readonly command: readonly string[];
  readonly tty?: boolean;
  readonly maxOutputBytes: number;
  readonly onOutput?: (chunk: Buffer) => void;
}

/** Reads to the end; keeps the first `maxOutputBytes`. With a tty the stream is raw, else stdout and stderr are framed. */
async function collect(
  engine: Docker,
  stream: NodeJS.ReadWriteStream,
  request: ExecRequest,
  signal: AbortSignal,
): Promise<string> {
  const plain = new PassThrough();
  if (request.tty) stream.pipe(plain);
  else {
    engine.modem.demuxStream(stream, plain, plain);
    stream.once('end', () => plain.end());
    stream.once('close', () => plain.end());
  }
  stream.once('error', (failure) => plain.destroy(failure as Error));
  const abort = (): void => void plain.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  const kept: Buffer[] = [];
  let keptBytes = 0;
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      request.onOutput?.(chunk);
      const room = request.maxOutputBytes - keptBytes;
      if (room > 0) kept.push(chunk.subarray(0, room));
      keptBytes += Math.min(chunk.length, Math.max(room, 0));
    }
  } finally {
    signal.removeEventListener('abort', abort);
    (stream as NodeJS.ReadWriteStream & { destroy?: () => void }).destroy?.();
  }
  return Buffer.concat(kept).toString('utf8');
}
