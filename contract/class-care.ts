import * as z from 'zod/mini';
import type { ErrorParams } from './api.ts';
import type { ErrorCode } from './error-codes.ts';
import { ExerciseId, LabId, LabSessionId, LearnerId, LessonId } from './ids.ts';
import { LocalizedText } from './language.ts';

/** Where the care for many labs at once meets the server. Times are epoch milliseconds. */

/** Made by the page, so that asking twice starts one round. */
export const CareRoundId = z.string().check(z.regex(/^[a-z0-9]{16}$/));

const CARE_ACTIONS = ['reset', 'prepare', 'pause', 'resume', 'close', 'extend'] as const;
export type CareActionName = (typeof CARE_ACTIONS)[number];

export const CareRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reset') }),
  z.strictObject({ type: z.literal('pause') }),
  z.strictObject({ type: z.literal('resume') }),
  z.strictObject({ type: z.literal('close') }),
  z.strictObject({
    type: z.literal('prepare'),
    exercise: ExerciseId,
    /** Whether learners who have not opened the exercise's lab get one. */
    startMissing: z.boolean(),
  }),
  /** Nobody's absence pauses or closes the labs before then. */
  z.strictObject({ type: z.literal('extend'), untilMs: z.int().check(z.minimum(0), z.maximum(8.64e15)) }),
]);
export type CareRequest = z.infer<typeof CareRequest>;

export const REASON_MAX_CHARS = 300;
export const EXTEND_MAX_MS = 7 * 24 * 3_600_000;
const TARGETS_MAX = 500;

/** `all`: everybody in the class when the server reads it. Else learners, with all of their open labs or with these. */
export const CareTargets = z.union([
  z.literal('all'),
  z
    .array(
      z.strictObject({
        learner: LearnerId,
        labSessions: z.nullable(z.array(LabSessionId).check(z.minLength(1), z.maxLength(50))),
      }),
    )
    .check(z.minLength(1), z.maxLength(TARGETS_MAX)),
]);
export type CareTargets = z.infer<typeof CareTargets>;

/** `POST /api/cohorts/:cohort/care`. Answers with the round: 201, or 200 for one that was asked for already. */
export const NewCareRound = z.strictObject({
  id: CareRoundId,
  action: CareRequest,
  /** Learners read it. */
  reason: z.nullable(z.string().check(z.maxLength(REASON_MAX_CHARS))),
  targets: CareTargets,
});
export type NewCareRound = z.infer<typeof NewCareRound>;

/**
 * `skipped`: nothing was done, see the problem, or the round was cancelled before its turn. `queued`: the lab waits for
 * room on the machine and starts by itself, prepared, when its turn comes.
 */
const ITEM_STATES = ['waiting', 'running', 'done', 'queued', 'failed', 'skipped'] as const;
export type CareItemState = (typeof ITEM_STATES)[number];

const Problem = z.strictObject({
  code: z.custom<ErrorCode>((value) => typeof value === 'string'),
  params: z.custom<ErrorParams>((value) => typeof value === 'object' && value !== null),
});

/** What came of one lab, or of one learner without a lab. */
export const CareItem = z.strictObject({
  learner: LearnerId,
  /** `null` for somebody who is no learner of the class any more. */
  name: z.nullable(z.string()),
  labSession: z.nullable(LabSessionId),
  /** Of the lab; `null` without one. */
  title: z.nullable(LocalizedText),
  state: z.enum(ITEM_STATES),
  problem: z.nullable(Problem),
  tookMs: z.nullable(z.number()),
});
export type CareItem = z.infer<typeof CareItem>;

const ROUND_STATES = ['waiting', 'running', 'done', 'cancelled'] as const;

export const CareRound = z.strictObject({
  id: CareRoundId,
  action: CareRequest,
  /** Of the exercise that is prepared. */
  title: z.nullable(LocalizedText),
  by: z.string(),
  reason: z.nullable(z.string()),
  state: z.enum(ROUND_STATES),
  items: z.array(CareItem),
  askedAtMs: z.number(),
  endedAtMs: z.nullable(z.number()),
});
export type CareRound = z.infer<typeof CareRound>;

/** `GET /api/cohorts/:cohort/care`: newest first. */
export const CareRoundList = z.strictObject({ rounds: z.array(CareRound) });
export type CareRoundList = z.infer<typeof CareRoundList>;

/** What has changed of a round: its items by their place in it. */
export const CareProgress = z.strictObject({
  id: CareRoundId,
  state: z.enum(ROUND_STATES),
  endedAtMs: z.nullable(z.number()),
  items: z.array(z.strictObject({ at: z.int(), ...pickChanging() })),
});
export type CareProgress = z.infer<typeof CareProgress>;

function pickChanging() {
  const { labSession, title, state, problem, tookMs } = CareItem.shape;
  return { labSession, title, state, problem, tookMs };
}

/**
 * Server-sent events of `GET /api/cohorts/:cohort/care/events`. Event name = `type`, data = the rest as JSON. After
 * each connection comes the whole: `rounds`. Then each `round` that is new, and what changes.
 */
export type CareEvent =
  | { readonly type: 'rounds'; readonly rounds: readonly CareRound[] }
  | { readonly type: 'round'; readonly round: CareRound }
  | ({ readonly type: 'progress' } & CareProgress);

/** `GET /api/cohorts/:cohort/course`: what can be prepared, in the order of the course. */
export const CareCourse = z.strictObject({
  labs: z.array(z.strictObject({ id: LabId, title: LocalizedText, nodes: z.int() })),
  exercises: z.array(
    z.strictObject({
      id: ExerciseId,
      lesson: LessonId,
      lab: LabId,
      extra: z.boolean(),
      title: LocalizedText,
    }),
  ),
});
export type CareCourse = z.infer<typeof CareCourse>;
