import { mkdir, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { execOutput } from './exec-output.ts';
import type { NodeShare } from './node-share.ts';

const IN_NODE = '/lab/share';
const EXEC_TIMEOUT_MS = 5_000;

/**
 * For engines that can't mount our folders (Docker Desktop, another machine): marks are read, and connections to the
 * inner engine are carried, by `docker exec`. Costs a process in the node per open connection.
 */
export class ExecShare implements NodeShare {
  readonly bindFolder = null;
  readonly terminalFolder = null;
  readonly engineSocket: string;
  readonly #nodeFolder: string;
  readonly #container: () => Docker.Container;
  readonly #modem: Docker['modem'];
  #relay: Server | null = null;

  constructor(options: { nodeFolder: string; modem: Docker['modem']; container: () => Docker.Container }) {
    this.#nodeFolder = options.nodeFolder;
    this.#container = options.container;
    this.#modem = options.modem;
    this.engineSocket = join(options.nodeFolder, 'relay.sock');
  }

  async prepare(): Promise<void> {}

  async readMark(mark: 'ready' | 'failed'): Promise<string | null> {
    const command = ['cat', `${IN_NODE}/${mark}`];
    const signal = AbortSignal.timeout(EXEC_TIMEOUT_MS);
    const { exitCode, output } = await execOutput(
      this.#container(),
      { command, maxOutputBytes: 4096 },
      signal,
    ).catch(
      // The container is only just starting, or gone: the caller looks at its state too.
      () => ({ exitCode: 1, output: '' }),
    );
    return exitCode === 0 ? output : null;
  }

  async open(): Promise<void> {
    if (this.#relay !== null) return;
    await mkdir(this.#nodeFolder, { recursive: true, mode: 0o700 });
    await rm(this.engineSocket, { force: true });
    const relay = createServer({ allowHalfOpen: true }, (socket) => void this.#carry(socket));
    await new Promise<void>((resolve, reject) => {
      relay.once('error', reject);
      relay.listen(this.engineSocket, resolve);
    });
    relay.unref();
    this.#relay = relay;
  }

  async close(): Promise<void> {
    this.#relay?.close();
    this.#relay = null;
  }

  async #carry(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const exec = await this.#container().exec({
        Cmd: ['docker', '-H', `unix://${IN_NODE}/engine.sock`, 'system', 'dial-stdio'],
        User: '0',
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: false,
      });
      const stream: Duplex = await exec.start({ hijack: true, stdin: true });
      stream.on('error', () => socket.destroy());
      stream.once('close', () => socket.end());
      socket.once('close', () => stream.destroy());
      this.#modem.demuxStream(stream, socket, socket);
      socket.pipe(stream);
    } catch {
      // Whoever connected sees a closed connection, as with an engine that is down.
      socket.destroy();
    }
  }
}
