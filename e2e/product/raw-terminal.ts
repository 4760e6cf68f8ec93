import { once } from 'node:events';
import { WebSocket } from 'ws';
import { TERMINAL_PROTOCOL, TICKET_PROTOCOL_PREFIX } from '../../contract/terminal-protocol.ts';
import type { LabPage } from '../page/lab-page.ts';
import type { ProductServer } from './product-server.ts';

interface Upgrade {
  readonly terminal: string;
  readonly ticket?: string;
  /** Of the login that asks. */
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A WebSocket without a page: for what a page never sends. */
function rawTerminal(
  server: ProductServer,
  { terminal, ticket, cookie, headers = { origin: server.origin } }: Upgrade,
) {
  const protocols = [TERMINAL_PROTOCOL, ...(ticket ? [TICKET_PROTOCOL_PREFIX + ticket] : [])];
  return new WebSocket(`ws://127.0.0.1:${server.port}/ws/terminals/${terminal}`, protocols, {
    headers: cookie === undefined ? headers : { ...headers, cookie },
    handshakeTimeout: 10_000,
  });
}

/** HTTP status with which the server refuses an upgrade; 101 when it takes it. */
export async function upgradeStatus(server: ProductServer, upgrade: Upgrade): Promise<number> {
  const socket = rawTerminal(server, upgrade);
  socket.on('error', () => {});
  const status = await new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('close', () => resolve(0));
  });
  socket.terminate();
  return status;
}

/** Sends frames over a good connection and tells with which code the server ends it. */
export async function closeCodeAfter(
  server: ProductServer,
  upgrade: Upgrade,
  frames: readonly (string | Buffer)[],
): Promise<number> {
  const socket = rawTerminal(server, upgrade);
  await once(socket, 'open');
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(10_000) });
  for (const frame of frames) socket.send(frame);
  const [code] = await closed;
  return code as number;
}

export async function ticketFor(
  lab: LabPage,
  terminal?: string,
): Promise<{ terminal: string; ticket: string; cookie: string }> {
  const session = await lab.session();
  const id = terminal ?? session?.terminals[0]?.id ?? '';
  const response = await lab.post(`/api/lab-sessions/${session?.id}/terminals/${id}/ticket`);
  const cookies = await lab.page.context().cookies();
  return {
    terminal: id,
    ticket: ((await response.json()) as { ticket: string }).ticket,
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  };
}
