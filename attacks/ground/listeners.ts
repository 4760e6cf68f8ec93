import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Something that this machine offers on all its addresses, as any service of it might, and who came. */
export class HostListener implements AsyncDisposable {
  readonly port: number;
  /** What arrived, as text: a greeting says which attempt it was. */
  readonly heard = new Set<string>();
  readonly #servers: readonly (Server | Socket)[];

  private constructor(port: number, servers: readonly (Server | Socket)[]) {
    this.port = port;
    this.#servers = servers;
  }

  static async open(): Promise<HostListener> {
    const tcp = createServer();
    tcp.listen(0, '::');
    await once(tcp, 'listening');
    const address = tcp.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const udp4 = createSocket('udp4');
    const udp6 = createSocket({ type: 'udp6', ipv6Only: true });
    udp4.bind(address.port, '0.0.0.0');
    udp6.bind(address.port, '::');
    await Promise.all([once(udp4, 'listening'), once(udp6, 'listening')]);
    const made = new HostListener(address.port, [tcp, udp4, udp6]);
    tcp.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.setTimeout(5_000, () => socket.destroy());
      socket.on('data', (bytes) => made.#note(bytes));
      socket.write('this is the host\n');
      made.#note(Buffer.from(`connection from ${socket.remoteAddress}`));
    });
    for (const udp of [udp4, udp6]) udp.on('message', (bytes) => made.#note(bytes));
    return made;
  }

  #note(bytes: Buffer): void {
    if (this.heard.size < 1000) this.heard.add(bytes.toString('utf8', 0, 200).trim());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      this.#servers.map(async (server) => {
        const closed = once(server, 'close');
        server.close();
        await closed;
      }),
    );
  }
}

export interface HostAddresses {
  readonly ipv4: readonly string[];
  /** Without link-local ones, which need a zone. */
  readonly ipv6: readonly string[];
}

export function hostAddresses(): HostAddresses {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const outer = all.filter(({ internal }) => !internal);
  return {
    ipv4: outer.filter(({ family }) => family === 'IPv4').map(({ address }) => address),
    ipv6: outer
      .filter(({ family, address }) => family === 'IPv6' && !address.startsWith('fe80'))
      .map(({ address }) => address),
  };
}

/** The host's end of a lab's network. */
export interface HostBridge {
  readonly name: string;
  readonly mac: string;
  readonly linkLocal: string | null;
}

export function bridgeOf(name: string): HostBridge | null {
  const addresses = networkInterfaces()[name];
  if (addresses === undefined) return null;
  const linkLocal = addresses.find(({ address }) => address.startsWith('fe80'))?.address ?? null;
  return { name, mac: addresses[0]?.mac ?? '', linkLocal };
}
