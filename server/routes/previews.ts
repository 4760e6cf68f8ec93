import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PreviewRequest, type PreviewView } from '#contract/preview.ts';
import type { AuditEvent, AuditTrail } from '../domain/audit-trail.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LabSessions } from '../domain/lab-sessions.ts';
import type { Previews } from '../domain/previews.ts';
import { requireLogin } from '../plugins/sign-in.ts';
import type { LabDialer, LabNodeRef } from '../ports.ts';
import type { PreviewAddress } from '../preview-address.ts';
import { ownSession, SessionParams } from './lab-sessions.ts';

export interface PreviewRoutes {
  readonly sessions: LabSessions;
  readonly previews: Previews;
  readonly previewAddress: PreviewAddress;
  readonly dialer: LabDialer;
  readonly audit: AuditTrail;
}

const PROBE_DEADLINE_MS = 2_500;
/** An unplugged node would answer us, who come by a socket; nobody else could reach it. */
const UNREACHABLE = { off: 'NODE_POWERED_OFF', frozen: 'NODE_FROZEN', unplugged: 'NODE_UNPLUGGED' } as const;

/** `POST /api/lab-sessions/:id/previews`: an address for a port of a node, and whether something listens there. */
export function previewRoutes(options: PreviewRoutes): FastifyPluginAsyncZod {
  const { sessions, previews, previewAddress, dialer, audit } = options;
  return async (app) => {
    app.post(
      '/api/lab-sessions/:id/previews',
      {
        schema: { params: SessionParams, body: PreviewRequest },
        config: { rateLimit: { max: 120, timeWindow: 60_000 } },
      },
      async (request): Promise<PreviewView> => {
        const { id: loginId } = requireLogin(request);
        const session = ownSession(sessions, request);
        const { node: name, port } = request.body;
        const node = session.running.environment.nodes.find((candidate) => candidate.name === name);
        const params = { node: name };
        if (node === undefined)
          throw new LabError('NODE_UNKNOWN', `lab session ${session.id} has no ${name}`, { params });
        const condition = session.conditionOf(name);
        if (condition !== 'on')
          throw new LabError(UNREACHABLE[condition], `${name} of ${session.id} is ${condition}`, { params });
        if (node.terminalFolder === null)
          throw new LabError('PREVIEW_NO_WAY', `no folder is shared with ${name}`);
        const { host = '' } = request.headers;
        if (!previewAddress.isReachedFrom(host)) {
          const site = { port: request.socket.localPort ?? 0 };
          throw new LabError('PREVIEW_NO_ADDRESS', 'no preview under this host', { params: site });
        }
        const { preview, isNew } = previews.open({ loginId, session, node, port });
        // A page that waits for the port asks again and again.
        if (isNew) audit.record(openedBy(request, `${session.id}/${name}:${port}`));
        const origin = previewAddress.originOf(preview.label) ?? '';
        return { node: name, port, origin, listens: await probe(dialer, node, port) };
      },
    );
  };
}

/** A connection that is closed again: the application is not asked anything. */
async function probe(dialer: LabDialer, node: LabNodeRef, port: number): Promise<PreviewView['listens']> {
  try {
    const connection = await dialer.dial(node, port, AbortSignal.timeout(PROBE_DEADLINE_MS));
    connection.on('error', () => {});
    connection.destroy();
    return 'yes';
  } catch (failure) {
    return failure instanceof LabError && failure.code === 'PORT_CLOSED' ? 'no' : 'silent';
  }
}

function openedBy({ learner, clientAddress }: FastifyRequest, target: string): AuditEvent {
  const actor = learner?.id ?? null;
  return { event: 'preview-open', outcome: 'done', actor, target, address: clientAddress, detail: null };
}
