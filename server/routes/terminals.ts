import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OpenTerminalRequest } from '#contract/api.ts';
import { LabSessionId, TerminalId } from '#contract/ids.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LabSession } from '../domain/lab-session.ts';
import type { LabSessions } from '../domain/lab-sessions.ts';
import type { LabTerminals } from '../domain/lab-terminals.ts';
import type { Tickets } from '../domain/tickets.ts';
import { requireLogin } from '../plugins/sign-in.ts';
import { ownSession, SessionParams } from './lab-sessions.ts';

export interface TerminalRoutes {
  readonly sessions: LabSessions;
  readonly terminals: LabTerminals;
  readonly tickets: Tickets;
  readonly nowMs: () => number;
}

const TerminalParams = z.strictObject({ id: LabSessionId, terminal: TerminalId });

export function terminalRoutes({
  sessions,
  terminals,
  tickets,
  nowMs,
}: TerminalRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/lab-sessions/:id/terminals',
      {
        schema: { params: SessionParams, body: OpenTerminalRequest },
        config: { rateLimit: { max: 60, timeWindow: 60_000 }, audit: 'terminal-open' },
      },
      async (request, reply) => {
        const session = ownSession(sessions, request);
        const { node: name, cols, rows } = request.body;
        const node = session.running.environment.nodes.find((candidate) => candidate.name === name);
        const params = { node: name };
        if (node === undefined)
          throw new LabError('NODE_UNKNOWN', `lab session ${session.id} has no ${name}`, { params });
        refuseUnlessAwake(session, name);
        const terminal = await terminals.open(session.id, node, { cols, rows });
        request.auditTarget = `${session.id}/${terminal.id}`;
        session.announce();
        return reply.status(201).send(terminal);
      },
    );

    app.delete(
      '/api/lab-sessions/:id/terminals/:terminal',
      {
        schema: { params: TerminalParams },
        config: { rateLimit: { max: 120, timeWindow: 60_000 }, audit: 'terminal-close' },
      },
      async (request, reply) => {
        const session = ownSession(sessions, request);
        const { terminal: id } = request.params;
        const node = terminals.list(session.id).find((terminal) => terminal.id === id)?.node;
        if (node !== undefined) refuseUnlessAwake(session, node);
        await terminals.close(session.id, id);
        session.announce();
        return reply.status(204).send();
      },
    );

    app.post(
      '/api/lab-sessions/:id/terminals/:terminal/ticket',
      { schema: { params: TerminalParams }, config: { rateLimit: { max: 120, timeWindow: 60_000 } } },
      async (request) => {
        const { id: loginId } = requireLogin(request);
        const session = ownSession(sessions, request);
        const terminalId = request.params.terminal;
        if (!terminals.list(session.id).some((terminal) => terminal.id === terminalId)) {
          throw new LabError('TERMINAL_UNKNOWN', `lab session ${session.id} has no terminal ${terminalId}`);
        }
        const { id: labSessionId, learnerId } = session;
        const holder = { learnerId, loginId, labSessionId, terminalId, guestOf: null };
        return { ticket: tickets.issue(holder, nowMs()) };
      },
    );
  };
}

/** Shells of a node start and end by its own programs. @throws {LabError} NODE_POWERED_OFF, NODE_FROZEN */
function refuseUnlessAwake(session: LabSession, node: string): void {
  const condition = session.conditionOf(node);
  const params = { node };
  if (condition === 'off')
    throw new LabError('NODE_POWERED_OFF', `${node} of ${session.id} is off`, { params });
  if (condition === 'frozen')
    throw new LabError('NODE_FROZEN', `${node} of ${session.id} is frozen`, { params });
}
