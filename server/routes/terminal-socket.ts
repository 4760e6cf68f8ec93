import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { ERROR_CODES } from '#contract/error-codes.ts';
import { TerminalId } from '#contract/ids.ts';
import {
  OPCODE,
  TERMINAL_CLOSE,
  TERMINAL_LIMITS,
  TERMINAL_PROTOCOL,
  TICKET_PROTOCOL_PREFIX,
} from '#contract/terminal-protocol.ts';
import { Allowance } from '../domain/allowance.ts';
import type { AuditTrail } from '../domain/audit-trail.ts';
import type { Guest } from '../domain/class/watch/show.ts';
import { KeyedAllowance } from '../domain/keyed-allowance.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LabSessions } from '../domain/lab-sessions.ts';
import type { TerminalWatcher } from '../domain/lab-terminals.ts';
import type { LoginConnections } from '../domain/login-connections.ts';
import type { LoginStore } from '../domain/stores.ts';
import type { Tickets } from '../domain/tickets.ts';
import { clientAddressOf } from '../plugins/client-address.ts';
import { checkUpgrade } from '../plugins/trust.ts';
import type { WebAddress } from '../web-address.ts';

export interface TerminalSocketOptions {
  readonly address: WebAddress;
  readonly logins: LoginStore;
  readonly loginConnections: LoginConnections;
  readonly audit: AuditTrail;
  readonly tickets: Tickets;
  readonly sessions: LabSessions;
  /** Who comes by a watching or a showing that is still on. @throws {LabError} WATCH_UNKNOWN, SHOW_OVER */
  readonly guestOf: (id: string, loginId: string) => Guest;
  /**
   * Hands an open WebSocket to a terminal. `since`: the byte offset that the page has already, of that epoch.
   * @param watcher who looks on; `null` for the learner whose terminal it is
   */
  readonly connect: (
    terminalId: TerminalId,
    socket: WebSocket,
    resumeFrom: { epoch: string; since: number } | null,
    watcher: TerminalWatcher | null,
  ) => void;
  /** Upgrades that are somebody else's. */
  readonly isElsewhere: (request: IncomingMessage) => boolean;
  readonly nowMs: () => number;
}

const PATH = /^\/ws\/terminals\/([^/?]+)$/;
/** A class of two hundred, each at an own terminal and at one that is shown, in more than one window. */
const OPEN_SOCKETS_LIMIT = 1000;
/** A lab of five nodes with six terminals each, in two windows: of a learner, or of one watching. */
const SOCKETS_PER_LEARNER = 60;
/** Handshakes without a good ticket, by address. One with a good ticket never waits for those of others. */
const FAILED_HANDSHAKES = { perSecond: 1, burst: 60 };
/** Browsers send no pings of their own; these cost an answer each, past all limits on frames. */
const PINGS = { perSecond: 1, burst: 10 };
const PRESENCE_EVERY_MS = 60_000;

/**
 * `GET /ws/terminals/:terminal?epoch=&since=`. Everything is checked before the handshake: host, origin, and a
 * single-use ticket that was issued to this very login: of the terminal's owner, or of somebody who watches the lab now.
 */
export function addTerminalSocket(app: FastifyInstance, options: TerminalSocketOptions): void {
  const { address, loginConnections, nowMs } = options;
  const failed = new KeyedAllowance(FAILED_HANDSHAKES);
  const perLearner = new Map<string, number>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: TERMINAL_LIMITS.maxFrameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(TERMINAL_PROTOCOL) ? TERMINAL_PROTOCOL : false),
  });
  app.server.on('upgrade', (request, socket, head) => {
    if (options.isElsewhere(request)) return;
    try {
      const { ticket, resumeFrom } = admitUpgrade(request, options, sockets.clients.size);
      const { terminalId, labSessionId, learnerId, loginId, guestOf } = ticket;
      const session = options.sessions.get(labSessionId, learnerId);
      const guest = guestOf === null ? null : options.guestOf(guestOf, loginId);
      const holder = guestOf === null ? learnerId : `${guestOf} ${loginId}`;
      const open = perLearner.get(holder) ?? 0;
      if (open >= SOCKETS_PER_LEARNER)
        throw new LabError('TOO_MANY_REQUESTS', `${open} terminal sockets of one learner are open`);
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        perLearner.set(holder, (perLearner.get(holder) ?? 0) + 1);
        const letGo = loginConnections.hold(loginId, () =>
          webSocket.close(TERMINAL_CLOSE.ticket, 'signed out'),
        );
        // Who watches is not there: the lab goes to sleep as if nobody looked.
        const release =
          guest === null
            ? session.hold()
            : guest.hold(() => webSocket.close(TERMINAL_CLOSE.gone, 'watching is over'));
        webSocket.once('close', () => {
          release();
          letGo();
          const left = (perLearner.get(holder) ?? 1) - 1;
          if (left > 0) perLearner.set(holder, left);
          else perLearner.delete(holder);
        });
        limitPings(webSocket, nowMs);
        notePresence(webSocket, () => options.logins.touch(loginId, nowMs()), nowMs);
        options.connect(terminalId, webSocket, resumeFrom, guest);
      });
    } catch (failure) {
      const client = clientAddressOf(request, address);
      const code = failure instanceof LabError ? failure.code : 'INTERNAL';
      const isFlood = !failed.spend(client, 1, nowMs());
      refuse(socket, isFlood ? 'TOO_MANY_REQUESTS' : code);
      const event = { event: 'refused', outcome: 'refused', actor: null, target: 'terminal socket' } as const;
      options.audit.record({ ...event, address: client, detail: code });
      app.log.debug({ code }, 'terminal socket refused');
    }
  });
  // The server's own close waits for every socket to be gone.
  app.addHook('preClose', async () => {
    sockets.close();
    for (const client of sockets.clients) client.terminate();
  });
}

function admitUpgrade(request: IncomingMessage, options: TerminalSocketOptions, open: number) {
  checkUpgrade(request, options);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const terminal = TerminalId.safeParse(PATH.exec(url.pathname)?.[1]);
  if (!terminal.success) throw new LabError('TERMINAL_UNKNOWN', 'no terminal at this address');
  if (open >= OPEN_SOCKETS_LIMIT)
    throw new LabError('TOO_MANY_REQUESTS', `${open} terminal sockets are open`);
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim());
  const token = offered.find((protocol) => protocol.startsWith(TICKET_PROTOCOL_PREFIX));
  const nowMs = options.nowMs();
  const ticket =
    token === undefined
      ? null
      : options.tickets.redeem(token.slice(TICKET_PROTOCOL_PREFIX.length), terminal.data, nowMs);
  if (ticket === null || ticket.loginId !== loginIdOf(request, options))
    throw new LabError(
      'TICKET_INVALID',
      'ticket missing, used, expired, of another terminal or another login',
    );
  return { ticket, resumeFrom: resumeFromOf(url.searchParams) };
}

/** By the cookie that a browser sends with the upgrade: a ticket alone opens nothing. */
function loginIdOf({ headers }: IncomingMessage, { address, logins, nowMs }: TerminalSocketOptions) {
  const token = fastifyCookie.parse(headers.cookie ?? '')[address.cookieName()];
  return token === undefined ? null : (logins.findLoginSession(token, nowMs())?.id ?? null);
}

function resumeFromOf(query: URLSearchParams): { epoch: string; since: number } | null {
  const epoch = query.get('epoch');
  const since = Number(query.get('since'));
  return epoch !== null && /^[\w-]{1,40}$/.test(epoch) && Number.isSafeInteger(since) && since >= 0
    ? { epoch, since }
    : null;
}

function limitPings(webSocket: WebSocket, nowMs: () => number): void {
  const allowance = new Allowance(PINGS, nowMs());
  webSocket.on('ping', () => {
    if (!allowance.spend(1, nowMs())) webSocket.terminate();
  });
}

/** Who types is there, though the page asks for nothing. */
function notePresence(webSocket: WebSocket, onPresent: () => void, nowMs: () => number): void {
  let notedAtMs = nowMs();
  webSocket.on('message', (data: RawData) => {
    if ((data as Buffer)[0] !== OPCODE.input || nowMs() - notedAtMs < PRESENCE_EVERY_MS) return;
    notedAtMs = nowMs();
    onPresent();
  });
}

function refuse(socket: Duplex, code: keyof typeof ERROR_CODES): void {
  socket.once('error', () => {});
  socket.end(
    `HTTP/1.1 ${ERROR_CODES[code].status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
  // Whoever does not read the answer is not waited for.
  socket.once('finish', () => socket.destroy());
}
