import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ENGINE_URL } from './settings.ts';

/**
 * A socket in front of the engine that can be switched off: to the server that is an engine that was stopped,
 * and other labs on the same engine don't notice.
 */
export class EngineSwitch {
  readonly #path: string;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;

  private constructor(path: string) {
    this.#path = path;
  }

  static async on(path: string): Promise<EngineSwitch> {
    const made = new EngineSwitch(path);
    await made.on();
    return made;
  }

  get url(): string {
    return `unix://${this.#path}`;
  }

  async on(): Promise<void> {
    const target = /^unix:\/\/(.+)$/.exec(ENGINE_URL)?.[1];
    if (target === undefined) throw new Error(`no unix socket: ${ENGINE_URL}`);
    await rm(this.#path, { force: true });
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      const engine = connect({ path: target, allowHalfOpen: true });
      for (const one of [socket, engine]) {
        this.#sockets.add(one);
        one.on('error', () => one.destroy());
        one.once('close', () => this.#sockets.delete(one));
      }
      socket.pipe(engine).pipe(socket);
      socket.once('close', () => engine.destroy());
      engine.once('close', () => socket.destroy());
    }).listen(this.#path);
    await once(this.#server, 'listening');
  }

  async off(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await rm(this.#path, { force: true });
  }
}
