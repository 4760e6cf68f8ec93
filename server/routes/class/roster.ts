import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  MergeRequest,
  NewSeats,
  type NewSeatsAnswer,
  RemoveRequest,
  RenameRequest,
  type ReturnCode,
  Roster as RosterAnswer,
  type RosterEntry,
} from '#contract/class-api.ts';
import { Language } from '#contract/language.ts';
import { csvText } from '../../csv.ts';
import type { EnrolmentOnRoster, LearnerRecords } from '../../domain/class/class-stores.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { Joining } from '../../domain/class/joining.ts';
import type { Roster } from '../../domain/class/roster.ts';
import type { LabSession } from '../../domain/lab-session.ts';
import type { LabSessions } from '../../domain/lab-sessions.ts';
import { attachment } from '../attachment.ts';
import { CSV_ANSWER } from './csv-answer.ts';
import { CohortLearnerParams, CohortParams, ownCohort, ownLearner } from './own-cohort.ts';

export interface RosterRoutes {
  readonly cohorts: Cohorts;
  readonly roster: Roster;
  readonly joining: Joining;
  readonly records: LearnerRecords;
  readonly sessions: LabSessions;
}

const LEARNER = '/api/cohorts/:cohort/learners/:learner';
const IMPORT_LIMIT_BYTES = 512 * 1024;
const perMinute = { rateLimit: { max: 120, timeWindow: 60_000 } };

/** Who is in a cohort, for its instructors. */
export function rosterRoutes({
  cohorts,
  roster,
  joining,
  records,
  sessions,
}: RosterRoutes): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/cohorts/:cohort/learners',
      { schema: { params: CohortParams, response: { 200: RosterAnswer } }, config: { api: 'read' } },
      async (request) => ({
        learners: roster
          .list(ownCohort(cohorts, request))
          .map((learner) => entryOf(learner, sessions.listOf(learner.id))),
      }),
    );

    app.post(
      '/api/cohorts/:cohort/learners',
      {
        schema: { params: CohortParams, body: NewSeats },
        bodyLimit: IMPORT_LIMIT_BYTES,
        config: { ...perMinute, audit: 'learner-add' },
      },
      async (request, reply) => {
        const learners = roster.addSeats(ownCohort(cohorts, request), request.body.names);
        return reply.status(201).send({ learners } satisfies NewSeatsAnswer);
      },
    );

    app.get(
      '/api/cohorts/:cohort/roster.csv',
      {
        schema: {
          params: CohortParams,
          querystring: z.strictObject({ lang: Language }),
          response: { 200: CSV_ANSWER },
        },
        config: { ...perMinute, audit: 'roster-export', api: 'read' },
      },
      async (request, reply) => {
        const cohort = ownCohort(cohorts, request);
        return reply
          .header('content-disposition', attachment(`${cohort.name}.csv`))
          .type('text/csv; charset=utf-8')
          .send(csvText([CSV_HEADER[request.query.lang], ...roster.list(cohort).map(csvRow)]));
      },
    );

    app.get(
      `${LEARNER}/data`,
      { schema: { params: CohortLearnerParams }, config: { ...perMinute, audit: 'learner-export' } },
      async (request, reply) => {
        const { learner } = ownLearner(cohorts, request);
        return reply
          .header('content-disposition', attachment(`${learner.name}.json`))
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(records.of(learner.id, 'instructor'), null, 2));
      },
    );

    app.post(
      `${LEARNER}/name`,
      {
        schema: { params: CohortLearnerParams, body: RenameRequest },
        config: { ...perMinute, audit: 'learner-rename' },
      },
      async (request, reply) => {
        roster.rename(ownLearner(cohorts, request).learner, request.body.name);
        return reply.status(204).send();
      },
    );

    app.post(
      `${LEARNER}/return-code`,
      { schema: { params: CohortLearnerParams }, config: { ...perMinute, audit: 'return-code' } },
      async (request): Promise<ReturnCode> => {
        const { cohort, learner } = ownLearner(cohorts, request);
        const returnCode = joining.renewReturnCode(learner.id);
        return { name: learner.name, cohort: cohort.name, returnCode };
      },
    );

    app.post(
      `${LEARNER}/merge`,
      {
        schema: { params: CohortLearnerParams, body: MergeRequest },
        config: { ...perMinute, audit: 'learner-merge' },
      },
      async (request, reply) => {
        const { cohort, learner } = ownLearner(cohorts, request);
        const other = cohorts.learner(cohort, request.body.other);
        request.auditTarget = [cohort.id, learner.id, other.id].join('/');
        await roster.merge(learner, other);
        return reply.status(204).send();
      },
    );

    app.post(
      `${LEARNER}/remove`,
      {
        schema: { params: CohortLearnerParams, body: RemoveRequest },
        config: { ...perMinute, audit: 'learner-remove' },
      },
      async (request, reply) => {
        await roster.remove(ownLearner(cohorts, request).learner, request.body.data);
        return reply.status(204).send();
      },
    );
  };
}

const CSV_HEADER = {
  ko: ['이름', '참가한 시각', '마지막 접속', '통과한 실습', 'ID'],
  en: ['Name', 'Joined', 'Last seen', 'Exercises passed', 'ID'],
};

function csvRow({ name, joinedAtMs, lastSeenAtMs, passed, id }: EnrolmentOnRoster) {
  const time = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());
  return [name, time(joinedAtMs), time(lastSeenAtMs), passed, id];
}

function entryOf(learner: EnrolmentOnRoster, open: readonly LabSession[]): RosterEntry {
  const { id, name, joinedAtMs, lastSeenAtMs, devices, passed } = learner;
  const labs = open.map(({ id, definition, status }) => ({
    id,
    lab: definition.id,
    title: definition.title,
    state: status.state,
  }));
  return { id, name, joinedAtMs, lastSeenAtMs, devices, passed, labs };
}
