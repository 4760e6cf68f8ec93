import * as z from 'zod/mini';
import { type ErrorParams, QueuePlace } from './api.ts';
import type { ErrorCode } from './error-codes.ts';
import { LabId } from './ids.ts';
import { LocalizedText } from './language.ts';

/** What the machine holds, who waits for it, and labs that are booted ahead of a class. Times are epoch milliseconds. */

export const WARM_LABS_MAX = 200;
/** A plan begins within this time, and lasts no longer. */
export const WARM_AHEAD_MAX_MS = 31 * 24 * 3_600_000;
export const WARM_LENGTH_MAX_MS = 24 * 3_600_000;

const PlanId = z.string().check(z.regex(/^[a-z0-9]{16}$/));
const Moment = z.int().check(z.minimum(0), z.maximum(8.64e15));

/** `POST /api/cohorts/:cohort/warm-plans`. The page makes the id: asking twice makes one plan. */
export const NewWarmPlan = z.strictObject({
  id: PlanId,
  lab: LabId,
  /** Labs in use and labs that wait for their learners, together. */
  count: z.int().check(z.minimum(1), z.maximum(WARM_LABS_MAX)),
  atMs: Moment,
  untilMs: Moment,
});
export type NewWarmPlan = z.infer<typeof NewWarmPlan>;

export const WarmPlan = z.strictObject({
  id: PlanId,
  lab: LabId,
  title: LocalizedText,
  count: z.number(),
  atMs: z.number(),
  untilMs: z.number(),
  /** When the first of them will be booted, so that all are there in time. */
  beginsAtMs: z.number(),
  askedBy: z.string(),
  state: z.enum(['planned', 'filling', 'ready']),
  /** Of this lab: booted and nobody's yet, and in use. */
  ready: z.number(),
  inUse: z.number(),
  /** Why there are not more, when that is known. */
  short: z.nullable(
    z.strictObject({
      code: z.custom<ErrorCode>((value) => typeof value === 'string'),
      params: z.custom<ErrorParams>((value) => typeof value === 'object' && value !== null),
    }),
  ),
});
export type WarmPlan = z.infer<typeof WarmPlan>;

/** What the whole machine holds: numbers only, of all classes together. */
export const MachineReport = z.strictObject({
  running: z.number(),
  paused: z.number(),
  /** Being started, reset or woken. */
  changing: z.number(),
  /** Waiting for room. */
  waiting: z.number(),
  /** Booted, and nobody's yet. */
  warm: z.number(),
  /** What the operator allows; `null`: what memory and disk allow. */
  maxLabs: z.nullable(z.number()),
  memoryAvailableBytes: z.number(),
  memoryTotalBytes: z.number(),
  diskFreeBytes: z.number(),
  /** How many more labs of so many nodes fit now. */
  roomFor: z.array(z.strictObject({ nodes: z.number(), labs: z.number() })),
});
export type MachineReport = z.infer<typeof MachineReport>;

/** A learner of the own class who waits for room; others are counted only. */
export const Waiter = z.strictObject({
  name: z.string(),
  title: LocalizedText,
  place: z.nullable(QueuePlace),
});
export type Waiter = z.infer<typeof Waiter>;

/** `GET /api/cohorts/:cohort/capacity` */
export const CapacityView = z.strictObject({
  nowMs: z.number(),
  /** `null`: the engine does not answer. */
  machine: z.nullable(MachineReport),
  /** In the order of their turns. */
  queue: z.array(Waiter),
  /** Of this class, the next one first. */
  plans: z.array(WarmPlan),
  /** Labs that other classes have planned for times that are not over. */
  plannedByOthers: z.number(),
});
export type CapacityView = z.infer<typeof CapacityView>;
