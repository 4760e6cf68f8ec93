import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LabEvent } from '#contract/api.ts';
import { SEEN_BY_WATCHERS, type ShowEvent, WatchRequest } from '#contract/class-watch.ts';
import { TerminalId } from '#contract/ids.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { Show } from '../../domain/class/watch/show.ts';
import type { Shows } from '../../domain/class/watch/shows.ts';
import { LabError } from '../../domain/lab-error.ts';
import type { LabSessions } from '../../domain/lab-sessions.ts';
import type { LabTerminals } from '../../domain/lab-terminals.ts';
import type { LoginConnections } from '../../domain/login-connections.ts';
import type { Tickets } from '../../domain/tickets.ts';
import { requireInstructor, requireLearner, requireLogin, requireOwner } from '../../plugins/sign-in.ts';
import { EventStreams } from '../event-streams.ts';
import { CohortParams, ownCohort } from './own-cohort.ts';

export interface ShowRoutes {
  readonly cohorts: Cohorts;
  readonly shows: Shows;
  readonly sessions: LabSessions;
  readonly terminals: LabTerminals;
  readonly tickets: Tickets;
  readonly loginConnections: LoginConnections;
  readonly nowMs: () => number;
}

const SHOW = '/api/cohorts/:cohort/show';
const OWN = '/api/me/class/show';
const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: 60_000 } });

/** An instructor shows an own lab to a class; its learners look on. */
export function showRoutes(options: ShowRoutes): FastifyPluginAsyncZod {
  const { cohorts, shows, sessions, terminals, tickets, nowMs } = options;
  const seenBy = (request: Parameters<typeof requireLearner>[0]): Show => {
    const cohort = cohorts.ofLearner(requireLearner(request).id);
    if (cohort === null) throw new LabError('NOT_JOINED', 'this learner is in no cohort');
    return shows.seenBy(cohort.id);
  };
  return async (app) => {
    const streams = new EventStreams(options.loginConnections);

    app.post(
      SHOW,
      { schema: { params: CohortParams, body: WatchRequest }, config: perMinute(30) },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        const session = sessions.get(request.body.labSession, requireOwner(request).id);
        const instructor = requireInstructor(request);
        shows.start(cohort, { instructor, loginId: requireLogin(request).id, cohortId: cohort.id }, session);
        return reply.status(204).send();
      },
    );

    app.delete(SHOW, { schema: { params: CohortParams }, config: perMinute(30) }, async (request, reply) => {
      shows.stop(ownCohort(cohorts, request).id);
      return reply.status(204).send();
    });

    app.get(`${OWN}/events`, { config: perMinute(120) }, async (request, reply) => {
      const show = seenBy(request);
      const { id } = requireLearner(request);
      streams.answer<ShowEvent | LabEvent>(reply, {
        login: requireLogin(request),
        owner: id,
        connect: (send) => {
          let isOver = false;
          const leave = show.join(id, (showing) => {
            isOver = showing === null;
            send({ type: 'showing', show: showing });
          });
          const stopHearing = show.session.overhear((event) => {
            if (!isOver && SEEN_BY_WATCHERS.includes(event.type)) send(event);
          });
          return () => {
            leave();
            stopHearing();
          };
        },
      });
    });

    app.post(
      `${OWN}/terminals/:terminal/ticket`,
      { schema: { params: z.strictObject({ terminal: TerminalId }) }, config: perMinute(240) },
      async (request) => {
        const show = seenBy(request);
        const { terminal: terminalId } = request.params;
        const { id: labSessionId, learnerId } = show.session;
        if (!terminals.list(labSessionId).some(({ id }) => id === terminalId))
          throw new LabError('TERMINAL_UNKNOWN', `lab session ${labSessionId} has no terminal ${terminalId}`);
        const loginId = requireLogin(request).id;
        const holder = { learnerId, loginId, labSessionId, terminalId, guestOf: show.id };
        return { ticket: tickets.issue(holder, nowMs()) };
      },
    );
  };
}
