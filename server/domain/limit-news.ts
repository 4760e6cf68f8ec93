import type { LabEnvironment, LimitWatch } from '../ports.ts';
import type { LabSession } from './lab-session.ts';
import type { Log } from './log.ts';

/** Passes on to a session's pages which limits its nodes are at, from when it opens until it lets go of them. */
export class LimitNews {
  readonly #parts: { readonly limitWatch: LimitWatch; readonly log: Log };
  readonly #watched = new WeakMap<LabSession, AbortController>();

  constructor(parts: { readonly limitWatch: LimitWatch; readonly log: Log }) {
    this.#parts = parts;
  }

  begin(session: LabSession, { nodes }: LabEnvironment): void {
    this.end(session);
    const watched = new AbortController();
    this.#watched.set(session, watched);
    const { limitWatch, log } = this.#parts;
    limitWatch.watch(
      nodes,
      (limits) => {
        if (watched.signal.aborted) return;
        const at = limits.map(({ node, limit }) => `${node} ${limit}`);
        log.info({ labSessionId: session.id, at }, 'limits of a lab');
        session.setLimits(limits);
      },
      watched.signal,
    );
  }

  end(session: LabSession): void {
    this.#watched.get(session)?.abort();
    this.#watched.delete(session);
    session.setLimits([]);
  }
}
