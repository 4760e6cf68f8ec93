import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** SOCKS5 (RFC 1928): greeting `05 n methods`, then `05 01 00 atyp address port`. */
const NO_SIGN_IN = Buffer.from([5, 0]);
const CONNECTED = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
const ADDRESS_TYPE = { ipv4: 1, name: 3 };

/**
 * The cable between a browser and the server: a SOCKS proxy that can be pulled out. Playwright's offline mode
 * leaves connections alone that are open already, and those are what a lost network takes away.
 */
export class NetworkCable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isPlugged = true;

  private constructor() {
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async plugIn(): Promise<NetworkCable> {
    const cable = new NetworkCable();
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    return cable;
  }

  /** For `browser.newContext`: everything, also to this machine, goes through the cable. */
  get proxy(): { server: string; bypass: string } {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the cable is not plugged in');
    return { server: `socks5://127.0.0.1:${address.port}`, bypass: '<-loopback>' };
  }

  pull(): void {
    this.#isPlugged = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  plugAgain(): void {
    this.#isPlugged = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.pull();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(socket: Socket): void {
    if (!this.#isPlugged) {
      socket.destroy();
      return;
    }
    this.#keep(socket);
    socket.once('data', () => {
      socket.write(NO_SIGN_IN);
      socket.once('data', (request) => this.#join(socket, request));
    });
  }

  #join(socket: Socket, request: Buffer): void {
    const { host, port } = destinationOf(request);
    const server = connect(port, host, () => {
      socket.write(CONNECTED);
      socket.pipe(server).pipe(socket);
    });
    this.#keep(server);
    server.once('close', () => socket.destroy());
    socket.once('close', () => server.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    // What a pulled cable does to a connection is no failure of this test.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

function destinationOf(request: Buffer): { host: string; port: number } {
  const type = request[3];
  if (type === ADDRESS_TYPE.ipv4)
    return { host: request.subarray(4, 8).join('.'), port: request.readUInt16BE(8) };
  if (type === ADDRESS_TYPE.name) {
    const length = request[4] ?? 0;
    const host = request.subarray(5, 5 + length).toString();
    return { host, port: request.readUInt16BE(5 + length) };
  }
  throw new Error(`unexpected address type ${type}`);
}
