import * as z from 'zod/mini';
import {
  CheckVerdict,
  ExerciseVerdict,
  LabSessionState,
  LabSessionView,
  LimitHit,
  NodeRole,
  Waiting,
} from './api.ts';
import { VERDICTS } from './check.ts';
import { CheckId, ExerciseId, LabId, LabNodeName, LabSessionId, LearnerId, LessonId } from './ids.ts';
import { LocalizedText } from './language.ts';
import { SwarmMap } from './swarm-map.ts';

/** Where the instructors' class view and the server meet. Times are epoch milliseconds. */

export const LiveExercise = z.strictObject({
  id: ExerciseId,
  lesson: LessonId,
  lab: LabId,
  /** Beyond what the chapter asks for: nobody has to. */
  extra: z.boolean(),
  title: LocalizedText,
  checks: z.array(z.strictObject({ id: CheckId, title: LocalizedText })),
});
export type LiveExercise = z.infer<typeof LiveExercise>;

/**
 * `passed`: once, in whichever lab. `trying`: it is the active one of an open lab, and its learner has done something
 * since. `stuck`: so, without a step forward. `tried`: begun, and left without passing.
 */
const CELL_STATES = ['passed', 'trying', 'stuck', 'tried'] as const;
export type CellState = (typeof CELL_STATES)[number];

/** One learner at one exercise. Exercises that were not begun have none. */
export const LiveCell = z.strictObject({
  state: z.enum(CELL_STATES),
  /** When it was passed; since when it is tried or stuck; `null` for `tried`. */
  sinceMs: z.nullable(z.number()),
  /** Recorded gradings: by the button, an answer, or the first pass. */
  attempts: z.number(),
  /** Where any was looked at. */
  help: z.optional(z.strictObject({ hints: z.number(), solution: z.boolean() })),
});
export type LiveCell = z.infer<typeof LiveCell>;

/** What a learner is at, as far as it has not been passed. */
export const LiveTrial = z.strictObject({
  exercise: ExerciseId,
  sinceMs: z.number(),
  /** Checks that are met now, of how many. */
  met: z.number(),
  total: z.number(),
  /** `null`: not stuck. Else when the last step forward was. */
  stuckSinceMs: z.nullable(z.number()),
  /** The first check that is not met, and what it says. */
  failing: z.nullable(
    z.strictObject({ check: CheckId, verdict: z.enum(VERDICTS), message: z.nullable(LocalizedText) }),
  ),
});
export type LiveTrial = z.infer<typeof LiveTrial>;

/** `off`, `frozen`, `unplugged`: by the learner's switch. `down`, `unknown`, `drain`: as its cluster sees it. */
const NODE_TROUBLES = ['off', 'frozen', 'unplugged', 'down', 'unknown', 'drain'] as const;
export type NodeTrouble = (typeof NODE_TROUBLES)[number];

export const LiveNode = z.strictObject({
  name: LabNodeName,
  role: NodeRole,
  trouble: z.nullable(z.enum(NODE_TROUBLES)),
});
export type LiveNode = z.infer<typeof LiveNode>;

/** One open lab of a learner. */
export const LiveLab = z.strictObject({
  id: LabSessionId,
  lab: LabId,
  status: LabSessionState,
  /** Empty before the first look at its swarm. */
  nodes: z.array(LiveNode),
});
export type LiveLab = z.infer<typeof LiveLab>;

/** A learner who asks for help. */
const LiveHand = z.strictObject({
  sinceMs: z.number(),
  exercise: z.nullable(z.string()),
  /** Name of the instructor who comes. */
  takenBy: z.nullable(z.string()),
});
export type LiveHand = z.infer<typeof LiveHand>;

export const LiveLearner = z.strictObject({
  id: LearnerId,
  name: z.string(),
  /** Whether the seat is taken. */
  joined: z.boolean(),
  /** Whether a page or terminal of theirs is open, or was a moment ago. */
  here: z.boolean(),
  /** When they last did something, in steps of {@link ACTIVITY_STEP_MS}; `null`: never. */
  activeAtMs: z.nullable(z.number()),
  cells: z.record(ExerciseId, LiveCell),
  trial: z.nullable(LiveTrial),
  /** Open ones, newest first. */
  labs: z.array(LiveLab),
  hand: z.nullable(LiveHand),
});
export type LiveLearner = z.infer<typeof LiveLearner>;

/** Who types all the time changes their row only so often. */
export const ACTIVITY_STEP_MS = 30_000;

/** What differs from what was told of a learner before; all fields of somebody who is new. */
const LearnerChange = z.intersection(z.object({ id: LearnerId }), z.partial(LiveLearner));
export type LearnerChange = { readonly id: LearnerId } & Partial<LiveLearner>;

/**
 * Server-sent events of `GET /api/cohorts/:cohort/live`. Event name = `type`, data = the rest as JSON. After each
 * connection, and whenever a slow reader has missed something, comes the whole: `class`, then `learners` in pieces
 * until one has no `more`. From then on `changes`.
 */
export type ClassLiveEvent =
  | ({ readonly type: 'class' } & z.infer<typeof LiveClass>)
  | ({ readonly type: 'learners' } & z.infer<typeof LiveLearners>)
  | ({ readonly type: 'changes' } & {
      readonly changes: readonly LearnerChange[];
      readonly gone: LearnerId[];
    });

/** Begins a whole: everything told before is void. */
export const LiveClass = z.strictObject({
  /** The server's clock, by which times are to be read. */
  nowMs: z.number(),
  /** In the order of the course. */
  exercises: z.array(LiveExercise),
  labs: z.array(z.strictObject({ id: LabId, title: LocalizedText })),
});
export const LiveLearners = z.strictObject({ learners: z.array(LiveLearner), more: z.boolean() });
export const LiveChanges = z.strictObject({ changes: z.array(LearnerChange), gone: z.array(LearnerId) });

// ---- one learner -----------------------------------------------------------------------------------------

export const ATTEMPTS_SHOWN = 200;

export const LiveAttempt = z.strictObject({
  id: z.number(),
  atMs: z.number(),
  exercise: ExerciseId,
  revision: z.number(),
  /** `automatic`: passed while the learner worked. */
  trigger: z.enum(['button', 'answer', 'automatic']),
  passed: z.boolean(),
  checks: z.array(CheckVerdict),
});
export type LiveAttempt = z.infer<typeof LiveAttempt>;

/** `GET /api/cohorts/:cohort/learners/:learner/attempts`: the newest {@link ATTEMPTS_SHOWN}, newest first. */
export const AttemptList = z.strictObject({ attempts: z.array(LiveAttempt) });
export type AttemptList = z.infer<typeof AttemptList>;

/** What a lab node uses, of what it may. */
export const NodeUsage = z.strictObject({
  name: LabNodeName,
  /** Without what the kernel would give back. */
  memoryBytes: z.number(),
  memoryLimitBytes: z.number(),
  /** Processors kept busy, 1 = one of them; `null` where two looks are needed and there was one. */
  cpus: z.nullable(z.number()),
  pids: z.number(),
  /** `null`: none. */
  pidsLimit: z.nullable(z.number()),
});
export type NodeUsage = z.infer<typeof NodeUsage>;

/**
 * `GET /api/cohorts/:cohort/learners/:learner/lab-sessions/:id/look`: what an instructor sees of an open lab
 * without watching its learner: never a terminal.
 */
export const LabLook = z.strictObject({
  session: LabSessionView,
  /** On the exercise at hand. */
  verdict: z.nullable(ExerciseVerdict),
  map: z.nullable(SwarmMap),
  waiting: z.array(Waiting),
  limits: z.array(LimitHit),
  /** The newest entry's number in the history of this generation. */
  lastSeq: z.number(),
});
export type LabLook = z.infer<typeof LabLook>;

/** `GET …/lab-sessions/:id/usage`; the engine is asked. */
export const LabUsage = z.strictObject({
  nodes: z.array(NodeUsage),
  /** How many processors a node may keep busy. */
  cpuLimit: z.number(),
});
export type LabUsage = z.infer<typeof LabUsage>;
