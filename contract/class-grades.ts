import * as z from 'zod/mini';
import { TypedName } from './class-names.ts';
import { CohortId, ExerciseId, LearnerId } from './ids.ts';
import { Language } from './language.ts';

/** Grades of a class and the keys to the HTTP API. Times are epoch milliseconds; in CSV, ISO 8601 with offset. */

// ---- grades ----------------------------------------------------------------------------------------------

const Moment = z.nullable(z.number());

/** What one learner did in one exercise, also where that is nothing. */
export const ExerciseGrade = z.strictObject({
  exercise: z.string(),
  attempts: z.number(),
  firstAttemptAtMs: Moment,
  lastAttemptAtMs: Moment,
  /** When it was first passed, and in which revision of the exercise; `null`: not yet. */
  metAtMs: Moment,
  metRevision: z.nullable(z.number()),
  hintsShown: z.number(),
  /** When the learner first opened the solution; `null`: never. */
  solutionAtMs: Moment,
});
export type ExerciseGrade = z.infer<typeof ExerciseGrade>;

export const LearnerGrades = z.strictObject({
  id: LearnerId,
  name: z.string(),
  /** When an instructor removed the learner but kept the data; `null`: still in the class. */
  removedAtMs: Moment,
  exercises: z.array(ExerciseGrade),
});
export type LearnerGrades = z.infer<typeof LearnerGrades>;

export const LEARNERS_PER_PAGE = 50;
export const ATTEMPTS_PER_PAGE = 500;

/** `GET /api/cohorts/:cohort/grades`: a page of learners, by id. */
export const GradesQuery = z.strictObject({ after: z.optional(LearnerId) });
export const Grades = z.strictObject({
  exportedAtMs: z.number(),
  /** Those of the course now; an attempt may belong to an older revision. */
  exercises: z.array(z.strictObject({ id: ExerciseId, lab: z.string(), revision: z.number() })),
  learners: z.array(LearnerGrades),
  /** To ask for the next page with `after`; `null`: this was the last. */
  next: z.nullable(LearnerId),
});
export type Grades = z.infer<typeof Grades>;

export const AttemptRecord = z.strictObject({
  id: z.number(),
  learner: LearnerId,
  name: z.string(),
  removedAtMs: Moment,
  exercise: z.string(),
  revision: z.number(),
  trigger: z.enum(['button', 'answer', 'automatic']),
  passed: z.boolean(),
  atMs: z.number(),
});
export type AttemptRecord = z.infer<typeof AttemptRecord>;

/** `GET /api/cohorts/:cohort/grades/attempts`: a page of attempts, in the order in which they were made. */
export const AttemptsQuery = z.strictObject({
  after: z.optional(z.string().check(z.regex(/^\d{1,15}$/))),
});
export const Attempts = z.strictObject({
  attempts: z.array(AttemptRecord),
  /** To ask for the next page with `after`; `null`: this was the last. */
  next: z.nullable(z.number()),
});
export type Attempts = z.infer<typeof Attempts>;

/** `GET /api/cohorts/:cohort/grades/{progress,attempts}.csv`; `zone` is an IANA name, UTC without. */
export const GradesCsvQuery = z.strictObject({
  lang: Language,
  zone: z.optional(z.string().check(z.maxLength(64))),
});

// ---- keys to the API -------------------------------------------------------------------------------------

/** `read` sees what an instructor sees. `care` may also act on labs. */
export const API_SCOPES = ['read', 'care'] as const;
export type ApiScope = (typeof API_SCOPES)[number];
export const API_TOKENS_MAX = 20;
export const API_TOKEN_DAYS_MAX = 365;

export const ApiTokenId = z.string().check(z.regex(/^[a-z0-9]{16}$/));

/** `POST /api/api-tokens` */
export const NewApiToken = z.strictObject({
  name: TypedName,
  scope: z.enum(API_SCOPES),
  /** `null`: every class that the instructor leads, also later ones. */
  cohort: z.nullable(CohortId),
  days: z.int().check(z.minimum(1), z.maximum(API_TOKEN_DAYS_MAX)),
});
export type NewApiToken = z.infer<typeof NewApiToken>;

export const ApiTokenView = z.strictObject({
  id: ApiTokenId,
  name: z.string(),
  scope: z.enum(API_SCOPES),
  cohort: z.nullable(CohortId),
  createdAtMs: z.number(),
  expiresAtMs: z.number(),
  /** To the minute; `null`: never. */
  lastUsedAtMs: Moment,
});
export type ApiTokenView = z.infer<typeof ApiTokenView>;
/** `GET /api/api-tokens`: the instructor's own, newest first. */
export const ApiTokens = z.strictObject({ tokens: z.array(ApiTokenView) });
/** The token is shown here once. */
export const ApiTokenMade = z.strictObject({ token: z.string(), view: ApiTokenView });
export type ApiTokenMade = z.infer<typeof ApiTokenMade>;
