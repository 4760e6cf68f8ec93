import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  ATTEMPTS_PER_PAGE,
  Attempts,
  AttemptsQuery,
  Grades,
  GradesCsvQuery,
  GradesQuery,
  LEARNERS_PER_PAGE,
} from '#contract/class-grades.ts';
import type { Cohort } from '../../domain/class/class-stores.ts';
import type { Cohorts } from '../../domain/class/cohorts.ts';
import type { GradeStore } from '../../domain/class/grades/grade-stores.ts';
import { attemptsCsv, progressCsv } from '../../grades-csv.ts';
import { attachment } from '../attachment.ts';
import { CSV_ANSWER } from './csv-answer.ts';
import { CohortParams, ownCohort } from './own-cohort.ts';

export interface GradesRoutes {
  readonly cohorts: Cohorts;
  readonly grades: GradeStore;
  /** The exercises of the course, in their order. */
  readonly gradedExercises: () => Grades['exercises'];
  readonly nowMs: () => number;
}

const GRADES = '/api/cohorts/:cohort/grades';
const exported = {
  rateLimit: { max: 120, timeWindow: 60_000 },
  audit: 'grades-export',
  api: 'read',
} as const;

/** What a class has achieved: JSON page by page, CSV in one stream. */
export function gradesRoutes(options: GradesRoutes): FastifyPluginAsyncZod {
  const { cohorts, grades, gradedExercises, nowMs } = options;
  const names = () => gradedExercises().map(({ id }) => id);
  return async (app) => {
    app.get(
      GRADES,
      {
        schema: { params: CohortParams, querystring: GradesQuery, response: { 200: Grades } },
        config: exported,
      },
      async (request) => {
        const { id } = ownCohort(cohorts, request);
        const page = { after: request.query.after ?? null, count: LEARNERS_PER_PAGE };
        const learners = grades.learners(id, names(), page);
        const next = learners.length < page.count ? null : (learners.at(-1)?.id ?? null);
        return { exportedAtMs: nowMs(), exercises: gradedExercises(), learners, next };
      },
    );

    app.get(
      `${GRADES}/attempts`,
      {
        schema: { params: CohortParams, querystring: AttemptsQuery, response: { 200: Attempts } },
        config: exported,
      },
      async (request) => {
        const { id } = ownCohort(cohorts, request);
        const page = { after: Number(request.query.after ?? 0), count: ATTEMPTS_PER_PAGE };
        const attempts = grades.attempts(id, page);
        return { attempts, next: attempts.length < page.count ? null : (attempts.at(-1)?.id ?? null) };
      },
    );

    const csv = {
      schema: { params: CohortParams, querystring: GradesCsvQuery, response: { 200: CSV_ANSWER } },
      config: exported,
    };
    app.get(`${GRADES}/progress.csv`, csv, async (request, reply) => {
      const cohort = ownCohort(cohorts, request);
      const exercises = gradedExercises();
      const rows = progressCsv({ ...request.query, exercises }, (after) =>
        grades.learners(cohort.id, names(), { after, count: LEARNERS_PER_PAGE }),
      );
      return sendCsv(reply, cohort, 'progress', rows);
    });

    app.get(`${GRADES}/attempts.csv`, csv, async (request, reply) => {
      const cohort = ownCohort(cohorts, request);
      const rows = attemptsCsv(request.query, (after) =>
        grades.attempts(cohort.id, { after, count: ATTEMPTS_PER_PAGE }),
      );
      return sendCsv(reply, cohort, 'attempts', rows);
    });
  };
}

/** A page is asked for when the one before has gone out: other requests come in between. */
function sendCsv(
  reply: FastifyReply,
  { name }: Cohort,
  what: string,
  chunks: Iterable<string>,
): FastifyReply {
  return reply
    .header('content-disposition', attachment(`${name} ${what}.csv`))
    .type('text/csv; charset=utf-8')
    .send(Readable.from(chunks, { objectMode: false }));
}
