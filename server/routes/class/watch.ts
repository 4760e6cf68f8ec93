import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LabEvent } from '#contract/api.ts';
import {
  SEEN_BY_WATCHERS,
  type WatchChoice,
  type WatchEvent,
  WatchId,
  WatchRequest,
  type WatchView,
} from '#contract/class-watch.ts';
import { CohortId, LearnerId, TerminalId } from '#contract/ids.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { Watch } from '../../domain/class/watch/watch.ts';
import type { Watches } from '../../domain/class/watch/watches.ts';
import { LabError } from '../../domain/lab-error.ts';
import type { LabSessions } from '../../domain/lab-sessions.ts';
import type { LabTerminals } from '../../domain/lab-terminals.ts';
import type { LoginConnections } from '../../domain/login-connections.ts';
import type { Tickets } from '../../domain/tickets.ts';
import { requireInstructor, requireLogin } from '../../plugins/sign-in.ts';
import { EventStreams } from '../event-streams.ts';
import { CohortLearnerParams, ownLearner } from './own-cohort.ts';

export interface WatchRoutes {
  readonly cohorts: Cohorts;
  readonly watches: Watches;
  readonly sessions: LabSessions;
  readonly terminals: LabTerminals;
  readonly tickets: Tickets;
  readonly loginConnections: LoginConnections;
  readonly nowMs: () => number;
}

const WATCH = '/api/cohorts/:cohort/learners/:learner/watch';
const Whose = { cohort: CohortId, learner: LearnerId };
const WatchParams = z.strictObject({ ...Whose, watch: WatchId });
const TerminalParams = z.strictObject({ ...Whose, watch: WatchId, terminal: TerminalId });

const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: 60_000 } });

/** How an instructor watches a learner's lab, and asks for its keyboard. The learner's part: `lab-watches.ts`. */
export function watchRoutes(options: WatchRoutes): FastifyPluginAsyncZod {
  const { cohorts, watches, sessions, terminals, tickets, nowMs } = options;
  const ownWatch = (
    request: Parameters<typeof ownLearner>[1] & { params: z.infer<typeof WatchParams> },
  ): Watch => {
    const { learner } = ownLearner(cohorts, request);
    const watch = watches.of(request.params.watch, requireLogin(request).id);
    if (watch.learnerId !== learner.id)
      throw new LabError('WATCH_UNKNOWN', `watch ${watch.id} is not of learner ${learner.id}`);
    return watch;
  };
  return async (app) => {
    const streams = new EventStreams(options.loginConnections);
    const params = { schema: { params: WatchParams } };

    app.get(WATCH, { schema: { params: CohortLearnerParams } }, async (request): Promise<WatchChoice> => {
      const { cohort, learner } = ownLearner(cohorts, request);
      const { id: loginId } = requireLogin(request);
      return {
        learner: { id: learner.id, name: learner.name },
        labs: sessions.listOf(learner.id).map((session) => ({
          id: session.id,
          lab: session.definition.id,
          title: session.definition.title,
          isLearnerThere: session.isWatched,
          isUnasked: watches.isUnasked(session, cohort.id),
          watch: watches.ofLogin(loginId, session)?.id ?? null,
        })),
      };
    });

    app.post(
      WATCH,
      { schema: { params: CohortLearnerParams, body: WatchRequest }, config: perMinute(20) },
      async (request): Promise<WatchView> => {
        const { cohort, learner } = ownLearner(cohorts, request);
        const session = sessions.get(request.body.labSession, learner.id);
        const watcher = {
          instructor: requireInstructor(request),
          loginId: requireLogin(request).id,
          cohortId: cohort.id,
        };
        return watches.ask(watcher, session).view();
      },
    );

    app.get(`${WATCH}/:watch/events`, { ...params, config: perMinute(120) }, async (request, reply) => {
      const watch = ownWatch(request);
      streams.answer<WatchEvent | LabEvent>(reply, {
        login: requireLogin(request),
        owner: watch.id,
        connect: (send) => follow(watch, send),
      });
    });

    app.delete(`${WATCH}/:watch`, { ...params, config: perMinute(60) }, async (request, reply) => {
      ownWatch(request).end('instructor');
      return reply.status(204).send();
    });

    app.post(`${WATCH}/:watch/keyboard`, { ...params, config: perMinute(20) }, async (request, reply) => {
      watches.askForKeyboard(ownWatch(request));
      return reply.status(204).send();
    });

    app.delete(`${WATCH}/:watch/keyboard`, { ...params, config: perMinute(60) }, async (request, reply) => {
      ownWatch(request).dropKeyboard('instructor');
      return reply.status(204).send();
    });

    app.post(
      `${WATCH}/:watch/terminals/:terminal/ticket`,
      { schema: { params: TerminalParams }, config: perMinute(240) },
      async (request) => {
        const { id: loginId } = requireLogin(request);
        const watch = ownWatch(request);
        const { terminal: terminalId } = request.params;
        const { id: labSessionId, learnerId } = watch.session;
        if (watch.status.state !== 'on')
          throw new LabError('WATCH_UNKNOWN', `watch ${watch.id} has not begun`);
        if (!terminals.list(labSessionId).some(({ id }) => id === terminalId))
          throw new LabError('TERMINAL_UNKNOWN', `lab session ${labSessionId} has no terminal ${terminalId}`);
        const holder = { learnerId, loginId, labSessionId, terminalId, guestOf: watch.id };
        return { ticket: tickets.issue(holder, nowMs()) };
      },
    );
  };
}

/** Tells where the watching is, and everything about the lab from when it begins until it ends. */
function follow(watch: Watch, send: (event: WatchEvent | LabEvent) => void): () => void {
  let stopHearing: (() => void) | null = null;
  const leave = watch.join((watching) => {
    send({ type: 'watching', watching });
    const isOn = watching.status.state === 'on';
    if (isOn && stopHearing === null)
      stopHearing = watch.session.overhear((event) => {
        if (SEEN_BY_WATCHERS.includes(event.type)) send(event);
      });
    if (watching.status.state === 'over') stopHearing?.();
  });
  return () => {
    leave();
    stopHearing?.();
  };
}
