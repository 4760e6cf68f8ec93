import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import { ERROR_CODES } from '#contract/error-codes.ts';
import { TerminalId } from '#contract/ids.ts';
import { TERMINAL_LIMITS, TERMINAL_PROTOCOL, TICKET_PROTOCOL_PREFIX } from '#contract/terminal-protocol.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LabSessions } from '../domain/lab-sessions.ts';
import type { Tickets } from '../domain/tickets.ts';
import { checkUpgrade, type TrustOptions } from '../plugins/trust.ts';

export interface TerminalSocketOptions {
  readonly trust: TrustOptions;
  readonly tickets: Tickets;
  readonly sessions: LabSessions;
  /** Hands an open WebSocket to a terminal. `since`: the byte offset that the page has already, of that epoch. */
  readonly connect: (
    terminalId: TerminalId,
    socket: WebSocket,
    resumeFrom: { epoch: string; since: number } | null,
  ) => void;
  readonly nowMs: () => number;
}

const PATH = /^\/ws\/terminals\/([^/?]+)$/;
const OPEN_SOCKETS_LIMIT = 500;

/**
 * `GET /ws/terminals/:terminal?epoch=&since=`. Everything is checked before the handshake: host, origin, and a
 * single-use ticket that was issued to the signed-in owner of the terminal.
 */
export function addTerminalSocket(app: FastifyInstance, options: TerminalSocketOptions): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: TERMINAL_LIMITS.maxFrameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(TERMINAL_PROTOCOL) ? TERMINAL_PROTOCOL : false),
  });
  app.server.on('upgrade', (request, socket, head) => {
    try {
      const { terminalId, labSessionId, learnerId, resumeFrom } = admitUpgrade(
        request,
        options,
        sockets.clients.size,
      );
      const session = options.sessions.get(labSessionId, learnerId);
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.once('close', session.hold());
        options.connect(terminalId, webSocket, resumeFrom);
      });
    } catch (failure) {
      refuse(socket, failure);
      app.log.debug(
        { reason: failure instanceof Error ? failure.message : 'unknown' },
        'terminal socket refused',
      );
    }
  });
  app.addHook('onClose', async () => {
    sockets.close();
    for (const client of sockets.clients) client.terminate();
  });
}

function admitUpgrade(request: IncomingMessage, options: TerminalSocketOptions, open: number) {
  checkUpgrade(request, options.trust);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const terminal = TerminalId.safeParse(PATH.exec(url.pathname)?.[1]);
  if (!terminal.success) throw new LabError('TERMINAL_UNKNOWN', 'no terminal at this address');
  if (open >= OPEN_SOCKETS_LIMIT)
    throw new LabError('TOO_MANY_REQUESTS', `${open} terminal sockets are open`);
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim());
  const token = offered.find((protocol) => protocol.startsWith(TICKET_PROTOCOL_PREFIX));
  const ticket =
    token === undefined
      ? null
      : options.tickets.redeem(token.slice(TICKET_PROTOCOL_PREFIX.length), terminal.data, options.nowMs());
  if (ticket === null)
    throw new LabError('TICKET_INVALID', 'ticket missing, used, expired or of another terminal');
  return { ...ticket, resumeFrom: resumeFromOf(url.searchParams) };
}

function resumeFromOf(query: URLSearchParams): { epoch: string; since: number } | null {
  const epoch = query.get('epoch');
  const since = Number(query.get('since'));
  return epoch !== null && /^[\w-]{1,40}$/.test(epoch) && Number.isSafeInteger(since) && since >= 0
    ? { epoch, since }
    : null;
}

function refuse(socket: Duplex, failure: unknown): void {
  const status = failure instanceof LabError ? ERROR_CODES[failure.code].status : 500;
  socket.once('error', () => {});
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
