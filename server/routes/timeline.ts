import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HistoryPage, KeptRolloutEntries, KeptRollouts } from '#contract/api.ts';
import type { LearnerId } from '#contract/ids.ts';
import { LabError } from '../domain/lab-error.ts';
import type { LabSession } from '../domain/lab-session.ts';
import type { LabSessions } from '../domain/lab-sessions.ts';
import type { HistoryStore, RolloutStore } from '../domain/stores.ts';
import { requireOwner } from '../plugins/sign-in.ts';
import { ownSession, SessionParams } from './lab-sessions.ts';

export interface TimelineRoutes {
  readonly sessions: LabSessions;
  readonly history: Pick<HistoryStore, 'page' | 'lastSeq'>;
  readonly rollouts: Pick<RolloutStore, 'listOf' | 'find'>;
}

const PAGE_ENTRIES = 1_000;

export const Position = z.strictObject({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});
export const RolloutNumber = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const RolloutParams = z.strictObject({ rollout: RolloutNumber });

/** What happened in the learner's own lab, and the rollouts kept of earlier ones. */
export function timelineRoutes({ sessions, history, rollouts }: TimelineRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { rateLimit: { max: 240, timeWindow: 60_000 } };

    app.get(
      '/api/lab-sessions/:id/history',
      { schema: { params: SessionParams, querystring: Position }, config },
      async (request): Promise<HistoryPage> =>
        readHistory(history, ownSession(sessions, request), request.query.after),
    );

    app.get('/api/rollouts', { config }, async (request): Promise<KeptRollouts> => {
      return { rollouts: rollouts.listOf(requireOwner(request).id) };
    });

    app.get(
      '/api/rollouts/:rollout',
      { schema: { params: RolloutParams }, config },
      async (request): Promise<KeptRolloutEntries> =>
        keptRollout(rollouts, requireOwner(request).id, request.params.rollout),
    );
  };
}

/** A page of what happened in this generation of a lab, behind an entry. */
export function readHistory(
  history: TimelineRoutes['history'],
  { id, generation }: Pick<LabSession, 'id' | 'generation'>,
  after: number,
): HistoryPage {
  const found = history.page(id, generation, after, PAGE_ENTRIES + 1);
  return {
    generation,
    entries: found.slice(0, PAGE_ENTRIES),
    lastSeq: history.lastSeq(id, generation),
    hasMore: found.length > PAGE_ENTRIES,
  };
}

/** @throws {LabError} NOT_FOUND also for somebody else's */
export function keptRollout(
  rollouts: TimelineRoutes['rollouts'],
  learnerId: LearnerId,
  id: number,
): KeptRolloutEntries {
  const found = rollouts.find(learnerId, id);
  if (found === null) throw new LabError('NOT_FOUND', `no rollout ${id}`);
  return found;
}
