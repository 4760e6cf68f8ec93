import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';

export interface ExecRequest {
  /** A list, never a shell string. */
  readonly command: readonly string[];
  readonly tty?: boolean;
  /** Later output is read and dropped. */
  readonly maxOutputBytes: number;
  readonly onOutput?: (chunk: Buffer) => void;
}

/** Runs a command as the node's real root and reads its output to the end. Abort ends the reading, not the command. */
export async function execOutput(
  container: Docker.Container,
  request: ExecRequest,
  signal: AbortSignal,
): Promise<{ exitCode: number; output: string }> {
  const tty = request.tty ?? false;
  const exec = await container.exec({
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
  const output = await collect(container, stream, request, signal);
  const { ExitCode: exitCode } = await exec.inspect();
  return { exitCode: exitCode ?? 0, output };
}

/** With a tty the stream is raw, else stdout and stderr come framed. */
async function collect(
  container: Docker.Container,
  stream: NodeJS.ReadWriteStream & { destroy?: () => void },
  request: ExecRequest,
  signal: AbortSignal,
): Promise<string> {
  const plain = new PassThrough();
  if (request.tty) stream.pipe(plain);
  else {
    (container as unknown as { modem: Docker['modem'] }).modem.demuxStream(stream, plain, plain);
    stream.once('end', () => plain.end());
    stream.once('close', () => plain.end());
  }
  stream.once('error', (failure) => plain.destroy(failure as Error));
  const abort = (): void => void plain.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  const kept: Buffer[] = [];
  let room = request.maxOutputBytes;
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      request.onOutput?.(chunk);
      if (room <= 0) continue;
      kept.push(chunk.subarray(0, room));
      room -= chunk.length;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    stream.destroy?.();
  }
  return Buffer.concat(kept).toString('utf8');
}
