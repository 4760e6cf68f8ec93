import type { z } from 'zod/mini';
import type { LabSessionView, TerminalView, TicketResponse } from '../../contract/api.ts';
import { poll } from '../../e2e/product/poll.ts';
import { ProductServer } from '../../e2e/product/product-server.ts';
import { linkForSecondLearner } from '../../e2e/product/second-learner.ts';
import { HostileBrowser } from './browser.ts';
import { slowRequest } from './slow-request.ts';

const LAB_DEADLINE_MS = 90_000;

/** A running product with two learners: the owner of a lab with a terminal, and a stranger without. */
export class AttackedSite implements AsyncDisposable {
  readonly server: ProductServer;
  readonly owner: HostileBrowser;
  readonly stranger: HostileBrowser;
  readonly session: LabSessionView;
  readonly terminal: TerminalView;
  /** Started with the server, since they take as long as its deadlines. */
  readonly slowRequests: Promise<readonly (number | null)[]>;

  private constructor(
    parts: Pick<AttackedSite, 'server' | 'owner' | 'stranger' | 'session' | 'terminal' | 'slowRequests'>,
  ) {
    this.server = parts.server;
    this.owner = parts.owner;
    this.stranger = parts.stranger;
    this.session = parts.session;
    this.terminal = parts.terminal;
    this.slowRequests = parts.slowRequests;
  }

  static async open(): Promise<AttackedSite> {
    const server = await ProductServer.start({ env: { ROLLOUT_LAB_WARM: '0' } });
    try {
      const { port } = server;
      const host = `127.0.0.1:${port}`;
      const slowRequests = Promise.all([
        slowRequest(port, `GET /api/me HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `),
        slowRequest(
          port,
          `POST /api/login HTTP/1.1\r\nHost: ${host}\r\nx-rollout-lab: 1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{`,
        ),
        slowRequest(port, ''),
      ]);
      const owner = new HostileBrowser(port);
      const stranger = new HostileBrowser(port);
      await owner.signIn(server.launchLink);
      await stranger.signIn(linkForSecondLearner(server));
      const started = await owner.json<LabSessionView>('POST', '/api/lab-sessions', { lab: 'numbers' });
      const session = await poll(
        'the lab is ready',
        async () => {
          const view = await owner.json<LabSessionView>('GET', `/api/lab-sessions/${started.id}`);
          if (view.status.state === 'failed') throw new Error(`the lab failed: ${view.status.code}`);
          return view.status.state === 'ready' ? view : null;
        },
        LAB_DEADLINE_MS,
      );
      const size = { node: 'node1', cols: 80, rows: 24 };
      const terminal = await owner.json<TerminalView>(
        'POST',
        `/api/lab-sessions/${session.id}/terminals`,
        size,
      );
      return new AttackedSite({ server, owner, stranger, session, terminal, slowRequests });
    } catch (failure) {
      await server.dispose().catch(() => {});
      throw failure;
    }
  }

  async ticket(): Promise<string> {
    const path = `/api/lab-sessions/${this.session.id}/terminals/${this.terminal.id}/ticket`;
    return (await this.owner.json<z.infer<typeof TicketResponse>>('POST', path)).ticket;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server.dispose();
  }
}
