import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HistoryPage, KeptRolloutEntries, KeptRollouts } from '#contract/api.ts';
import { ATTEMPTS_SHOWN, type AttemptList, type LabLook, type LabUsage } from '#contract/class-live.ts';
import { CohortId, LabSessionId, LearnerId } from '#contract/ids.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { LiveClasses } from '../../domain/class/live/live-classes.ts';
import { LabError } from '../../domain/lab-error.ts';
import { ENGINE_DEADLINE_MS } from '../../domain/lab-parts.ts';
import type { LabSessions } from '../../domain/lab-sessions.ts';
import type { ProgressStore } from '../../domain/stores.ts';
import type { LabHost } from '../../ports.ts';
import { keptRollout, Position, RolloutNumber, readHistory, type TimelineRoutes } from '../timeline.ts';
import { CohortLearnerParams, ownLearner } from './own-cohort.ts';

export interface LiveLearnerRoutes extends TimelineRoutes {
  readonly cohorts: Cohorts;
  readonly live: LiveClasses;
  readonly sessions: LabSessions;
  readonly store: ProgressStore;
  readonly usage: LabHost['usage'];
}

const LEARNER = '/api/cohorts/:cohort/learners/:learner';
const LAB = `${LEARNER}/lab-sessions/:id`;
const LabParams = z.strictObject({ cohort: CohortId, learner: LearnerId, id: LabSessionId });
const config = { rateLimit: { max: 240, timeWindow: 60_000 } };

/** What an instructor sees of one learner without watching them: never a terminal. Looking keeps no lab awake. */
export function liveLearnerRoutes(options: LiveLearnerRoutes): FastifyPluginAsyncZod {
  const { cohorts, live, sessions, history, rollouts, store, usage } = options;
  return async (app) => {
    app.get(
      `${LEARNER}/attempts`,
      { schema: { params: CohortLearnerParams }, config },
      async (request): Promise<AttemptList> => {
        const { learner } = ownLearner(cohorts, request);
        const attempts = store.attemptsOf(learner.id, ATTEMPTS_SHOWN);
        return {
          attempts: attempts.map(({ id, atMs, exerciseId, exerciseRevision, trigger, verdict }) => ({
            id,
            atMs,
            exercise: exerciseId,
            revision: exerciseRevision,
            trigger,
            passed: verdict.passed,
            checks: verdict.checks,
          })),
        };
      },
    );

    app.get(
      `${LEARNER}/rollouts`,
      { schema: { params: CohortLearnerParams }, config },
      async (request): Promise<KeptRollouts> => ({
        rollouts: rollouts.listOf(ownLearner(cohorts, request).learner.id),
      }),
    );

    app.get(
      `${LEARNER}/rollouts/:rollout`,
      { schema: { params: CohortLearnerParams.extend({ rollout: RolloutNumber }) }, config },
      async (request): Promise<KeptRolloutEntries> =>
        keptRollout(rollouts, ownLearner(cohorts, request).learner.id, request.params.rollout),
    );

    app.get(
      `${LAB}/history`,
      { schema: { params: LabParams, querystring: Position }, config },
      async (request): Promise<HistoryPage> => {
        const { learner } = ownLearner(cohorts, request);
        return readHistory(history, sessions.get(request.params.id, learner.id), request.query.after);
      },
    );

    app.get(`${LAB}/look`, { schema: { params: LabParams }, config }, async (request): Promise<LabLook> => {
      const { learner } = ownLearner(cohorts, request);
      const session = sessions.get(request.params.id, learner.id);
      const { grading, limits, generation } = session;
      return {
        // Which terminals are open is watching, too.
        session: { ...session.view(), terminals: [] },
        verdict: live.watched.of(session.id).verdict,
        map: grading?.map() ?? null,
        waiting: [...(grading?.waiting() ?? [])],
        limits: [...limits],
        lastSeq: history.lastSeq(session.id, generation),
      };
    });

    app.get(
      `${LAB}/usage`,
      { schema: { params: LabParams }, config: { rateLimit: { max: 60, timeWindow: 60_000 } } },
      async (request): Promise<LabUsage> => {
        const { learner } = ownLearner(cohorts, request);
        const { environment, definition } = sessions.get(request.params.id, learner.id);
        if (environment === null) throw new LabError('LAB_NOT_READY', 'the lab has no nodes yet');
        const nodes = await usage(environment, AbortSignal.timeout(ENGINE_DEADLINE_MS));
        return { nodes, cpuLimit: definition.limits.cpus };
      },
    );
  };
}
