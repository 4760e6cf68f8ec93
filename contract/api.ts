import * as z from 'zod/mini';
import { VERDICTS } from './check.ts';
import type { LabWatch } from './class-watch.ts';
import type { ErrorCode } from './error-codes.ts';
import {
  CheckId,
  CohortId,
  ExerciseId,
  InstructorId,
  LabId,
  LabNodeName,
  LabSessionId,
  LearnerId,
  LessonId,
  TerminalId,
} from './ids.ts';
import { LocalizedText } from './language.ts';
import { NodeCondition, NodeImpairment } from './node-condition.ts';
import type { LabPort } from './preview.ts';
import { ROLLOUT_OUTCOMES } from './rollouts.ts';
import type { HistoryEntry } from './swarm-history.ts';
import type { SwarmMap } from './swarm-map.ts';

/** Unsafe requests carry this header: a foreign page can't set it without a CORS preflight, which we never grant. */
export const CSRF_HEADER = 'x-rollout-lab';

/** Values for the placeholders of an error code's text. */
export const ErrorParams = z.record(z.string(), z.union([z.string(), z.number(), LocalizedText]));
export type ErrorParams = Readonly<z.infer<typeof ErrorParams>>;

// ---- sign-in ---------------------------------------------------------------------------------------------

export const LoginRequest = z.strictObject({ launchToken: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)) });

export const Me = z.strictObject({
  /** Whether there are labs and progress of one's own: also an instructor's, who follows lessons, too. */
  signedIn: z.boolean(),
  mode: z.enum(['alone', 'class']),
  learner: z.nullable(z.strictObject({ id: LearnerId, name: z.string() })),
  /** Never both: one browser is signed in as one person. */
  instructor: z.nullable(z.strictObject({ id: InstructorId, name: z.string() })),
  /** The class that the learner has joined; `null` in alone mode. */
  cohort: z.nullable(z.strictObject({ id: CohortId, name: z.string() })),
});
export type Me = z.infer<typeof Me>;

// ---- catalogue -------------------------------------------------------------------------------------------

export const QuestionView = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('number'), min: z.number(), max: z.number() }),
  z.strictObject({ type: z.literal('text'), maxLength: z.number() }),
  z.strictObject({
    type: z.literal('choice'),
    options: z.array(z.strictObject({ id: z.string(), text: LocalizedText })),
  }),
]);
export type QuestionView = z.infer<typeof QuestionView>;

export const CatalogExercise = z.strictObject({
  id: ExerciseId,
  lesson: LessonId,
  lab: LabId,
  revision: z.number(),
  extra: z.boolean(),
  title: LocalizedText,
  goal: LocalizedText,
  hintCount: z.number(),
  checks: z.array(z.strictObject({ id: CheckId, title: LocalizedText, question: z.nullable(QuestionView) })),
  /** Switches that don't work while this exercise is the active one, and why; `null` when all do. */
  forbids: z.nullable(z.strictObject({ switches: z.array(NodeImpairment), reason: LocalizedText })),
});
export type CatalogExercise = z.infer<typeof CatalogExercise>;

export const CatalogLab = z.strictObject({
  id: LabId,
  title: LocalizedText,
  nodes: z.array(LabNodeName),
  powerSwitches: z.boolean(),
});
export type CatalogLab = z.infer<typeof CatalogLab>;

/** `GET /api/catalog/lessons/:lesson` */
export const CatalogLesson = z.strictObject({
  lesson: LessonId,
  /** Labs of its exercises, in their order; never empty. */
  labs: z.array(CatalogLab),
  exercises: z.array(CatalogExercise),
});
export type CatalogLesson = z.infer<typeof CatalogLesson>;

// ---- progress --------------------------------------------------------------------------------------------

export const ExerciseProgress = z.strictObject({
  completedAtMs: z.nullable(z.number()),
  attempts: z.number(),
  hintsShown: z.number(),
  solutionShown: z.boolean(),
});
export type ExerciseProgress = z.infer<typeof ExerciseProgress>;

/** `GET /api/progress`. Every exercise of the course has an entry. */
export const Progress = z.strictObject({ exercises: z.record(ExerciseId, ExerciseProgress) });
export type Progress = z.infer<typeof Progress>;

// ---- lab sessions ----------------------------------------------------------------------------------------

export const StartLabRequest = z.strictObject({ lab: LabId });

export const TerminalView = z.strictObject({
  id: TerminalId,
  node: LabNodeName,
  /** 1, 2, 3 … within its node: part of the tab's label. */
  number: z.number(),
});
export type TerminalView = z.infer<typeof TerminalView>;

/** Steps of `provisioning` and `resetting` that the learner sees named. */
export const LAB_STEPS = ['queued', 'creating', 'booting', 'swarm', 'replaying'] as const;

/** What a lab that waits is short of. `turn`: there is room, and others are being started just now. */
export const SHORTAGES = ['turn', 'places', 'memory', 'disk'] as const;
export type Shortage = (typeof SHORTAGES)[number];

/** Where a lab stands in the queue for room on the machine. */
export const QueuePlace = z.strictObject({
  /** 1: next. */
  position: z.number(),
  /** How many wait in all. */
  waiting: z.number(),
  lacks: z.enum(SHORTAGES),
  /** Labs that have a place now. */
  open: z.number(),
  /** An estimate from what was measured; `null` where nobody can know. */
  expectedWaitMs: z.nullable(z.number()),
  /** A lab at which nobody was for so long gives its place back by itself. */
  idleCloseMs: z.number(),
});
export type QueuePlace = z.infer<typeof QueuePlace>;

/** Why a lab was paused or closed, other than by its learner. */
export const LabReason = z.discriminatedUnion('cause', [
  z.strictObject({ cause: z.literal('idle'), afterMs: z.number() }),
  z.strictObject({ cause: z.literal('instructor'), name: z.string(), reason: z.nullable(z.string()) }),
  /** It stood unused, and its learner's lab of this title needed the room. */
  z.strictObject({ cause: z.literal('room'), title: LocalizedText }),
  /** While it waited for room, its page was away for so long. */
  z.strictObject({ cause: z.literal('left-queue'), afterMs: z.number() }),
  z.strictObject({ cause: z.literal('server-stopped') }),
  /** The server came back, and of the lab's containers something was missing. */
  z.strictObject({ cause: z.literal('lost') }),
]);
export type LabReason = z.infer<typeof LabReason>;

const UnderWay = {
  step: z.enum(LAB_STEPS),
  sinceMs: z.number(),
  /** While it waits for room. */
  queue: z.optional(QueuePlace),
};

export const LabSessionState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('provisioning'), ...UnderWay }),
  z.strictObject({ state: z.literal('ready'), sinceMs: z.number() }),
  z.strictObject({ state: z.literal('paused'), sinceMs: z.number(), why: z.optional(LabReason) }),
  z.strictObject({ state: z.literal('resuming'), sinceMs: z.number() }),
  z.strictObject({ state: z.literal('resetting'), ...UnderWay }),
  z.strictObject({
    state: z.literal('failed'),
    code: z.custom<ErrorCode>((v) => typeof v === 'string'),
    params: ErrorParams,
    sinceMs: z.number(),
  }),
  z.strictObject({ state: z.literal('closed'), sinceMs: z.number(), why: z.optional(LabReason) }),
]);
export type LabSessionState = z.infer<typeof LabSessionState>;

export const LabSessionView = z.strictObject({
  id: LabSessionId,
  lab: LabId,
  nodes: z.array(LabNodeName),
  status: LabSessionState,
  /** What the learner's switches have done to nodes; those that are on are not named. */
  conditions: z.record(LabNodeName, NodeImpairment),
  terminals: z.array(TerminalView),
  activeExercise: z.nullable(ExerciseId),
  /** Grows by one with each reset: terminals and verdicts of an earlier generation are void. */
  generation: z.number(),
});
export type LabSessionView = z.infer<typeof LabSessionView>;

export const OpenTerminalRequest = z.strictObject({
  node: LabNodeName,
  cols: z.int().check(z.minimum(2), z.maximum(500)),
  rows: z.int().check(z.minimum(1), z.maximum(300)),
});
/** A ticket opens one terminal connection, once, within 30 s. It travels as a WebSocket subprotocol. */
export const TicketResponse = z.strictObject({ ticket: z.string() });

/** `POST /api/lab-sessions/:id/nodes/:node/power`. @returns the session's view, when the engine has done it */
export const PowerRequest = z.strictObject({ to: NodeCondition });

/**
 * `POST /api/lab-sessions/:id/prepare`: a fresh environment brought to this exercise's start; the exercise becomes
 * the active one and the generation grows. Answers 202; the session is `resetting` meanwhile, at last `replaying`.
 */
export const PrepareRequest = z.strictObject({ exercise: ExerciseId });

/** `GET /api/lab-sessions/:id/exercises/:exercise/start`: how the swarm differs from where the exercise begins. */
export const StartComparison = z.strictObject({
  exercise: ExerciseId,
  /** `errored` when the swarm could not be asked. */
  verdict: z.enum(['same', 'differs', 'errored']),
  differences: z.array(LocalizedText),
});
export type StartComparison = z.infer<typeof StartComparison>;

export const ActivateExerciseRequest = z.strictObject({ exercise: ExerciseId });
export const AnswerRequest = z.strictObject({ check: CheckId, answer: z.string().check(z.maxLength(400)) });

export const HintsResponse = z.strictObject({
  hints: z.array(LocalizedText),
  total: z.number(),
  /** How many of them an instructor has unlocked: these show without being asked for, and don't count as such. */
  given: z.number(),
});
export type HintsResponse = z.infer<typeof HintsResponse>;
export const SolutionResponse = z.strictObject({ script: z.string() });

// ---- verdicts --------------------------------------------------------------------------------------------

export const CheckVerdict = z.strictObject({
  id: CheckId,
  verdict: z.enum(VERDICTS),
  /** Why not; of a passed check the reason or the evidence, mostly `null`. */
  message: z.nullable(LocalizedText),
  /** The moment in the history that proved it. */
  provenAtMs: z.nullable(z.number()),
  /** The earlier check that must pass first. */
  waitsFor: z.nullable(CheckId),
  seen: z.nullable(z.json()),
});
export type CheckVerdict = z.infer<typeof CheckVerdict>;

export const ExerciseVerdict = z.strictObject({
  exercise: ExerciseId,
  passed: z.boolean(),
  /** Set once the exercise was passed in this or an earlier lab: a later change of the swarm takes nothing away. */
  completedAtMs: z.nullable(z.number()),
  checks: z.array(CheckVerdict),
  evaluatedAtMs: z.number(),
  generation: z.number(),
});
export type ExerciseVerdict = z.infer<typeof ExerciseVerdict>;

// ---- the swarm as the page's furniture shows it -----------------------------------------------------------

/** `none`: not in a swarm. `unknown`: nobody answers for it. */
export const NodeRole = z.enum(['leader', 'manager', 'worker', 'none', 'unknown']);

export const NodeStatus = z.strictObject({
  name: LabNodeName,
  role: NodeRole,
  availability: z.nullable(z.enum(['active', 'pause', 'drain'])),
  /** What its cluster says of it; `null` without swarm. */
  state: z.nullable(z.enum(['unknown', 'down', 'ready', 'disconnected'])),
});
export type NodeStatus = z.infer<typeof NodeStatus>;

/**
 * What an update of a service waits for right now. `stop`: an old task ends. `health`: a new task's first good
 * probe. `delay`: the pause between batches. `monitor`: the window in which a failure still counts.
 * `restart`: the pause before a failed task is replaced.
 */
export const Waiting = z.strictObject({
  service: z.string(),
  state: z.enum(['updating', 'rollback_started']),
  reason: z.enum(['start', 'stop', 'health', 'delay', 'monitor', 'restart']),
  /** Tasks replaced so far and to replace in all. */
  replaced: z.number(),
  total: z.number(),
  /** Milliseconds left when this was sent; `null` where nobody can know. */
  remainingMs: z.nullable(z.number()),
});
export type Waiting = z.infer<typeof Waiting>;

/** A node is at one of the lab's limits, or was a moment ago. */
export const LimitHit = z.strictObject({
  node: LabNodeName,
  /** `memory`: the kernel kills processes. `processes`: it refuses new ones. `disk`: there is hardly room left. */
  limit: z.enum(['memory', 'processes', 'disk']),
  /** When it began, which tells one time from the next. */
  sinceMs: z.number(),
  /** Processes, else MiB. */
  most: z.number(),
});
export type LimitHit = z.infer<typeof LimitHit>;

// ---- what happened, for the timeline -----------------------------------------------------------------------

/**
 * The form of an entry is the server's word: the page checks what every entry has and passes over types that it does
 * not know.
 */
const Entry = z.custom<HistoryEntry>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'seq' in value &&
    Number.isInteger(value.seq) &&
    'atMs' in value &&
    Number.isFinite(value.atMs),
);

/** `GET /api/lab-sessions/:id/history?after=SEQ`: entries of the present generation behind this one, oldest first. */
export const HistoryPage = z.strictObject({
  generation: z.number(),
  entries: z.array(Entry),
  /** The newest entry's number, also where entries are missing before it; 0 without any. */
  lastSeq: z.number(),
  /** Ask again after the last entry of this page. */
  hasMore: z.boolean(),
});
export type HistoryPage = z.infer<typeof HistoryPage>;

export const HistoryEvent = z.strictObject({ generation: z.number(), entries: z.array(Entry) });

const RolloutSettings = z.nullable(
  z.strictObject({
    parallelism: z.number(),
    delayNs: z.nullable(z.number()),
    monitorNs: z.nullable(z.number()),
    failureAction: z.nullable(z.string()),
    maxFailureRatio: z.number(),
    order: z.nullable(z.string()),
  }),
);

/** A rollout that is over, kept beyond resets for comparison. */
export const KeptRollout = z.strictObject({
  id: z.int(),
  lab: LabId,
  exercise: ExerciseId,
  labSession: LabSessionId,
  generation: z.number(),
  service: z.strictObject({ id: z.string(), name: z.string() }),
  seq: z.number(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  outcome: z.enum(ROLLOUT_OUTCOMES),
  fromImage: z.nullable(z.string()),
  toImage: z.string(),
  updateConfig: RolloutSettings,
  rollbackConfig: RolloutSettings,
});
export type KeptRollout = z.infer<typeof KeptRollout>;

/** `GET /api/rollouts`: the learner's own, newest first. */
export const KeptRollouts = z.strictObject({ rollouts: z.array(KeptRollout) });
export type KeptRollouts = z.infer<typeof KeptRollouts>;

/** `GET /api/rollouts/:rollout` */
export const KeptRolloutEntries = z.strictObject({ rollout: KeptRollout, entries: z.array(Entry) });
export type KeptRolloutEntries = z.infer<typeof KeptRolloutEntries>;

// ---- server-sent events: GET /api/lab-sessions/:id/events -------------------------------------------------

/**
 * Event name = `type`, data = the rest as JSON. The full state comes first after every connection (session,
 * progress, verdict), so a reconnecting page needs no replay.
 */
export type LabEvent =
  | { readonly type: 'session'; readonly session: LabSessionView }
  | { readonly type: 'verdict'; readonly verdict: ExerciseVerdict }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'nodes'; readonly nodes: readonly NodeStatus[] }
  /** Services with an update under way; empty when all is quiet. */
  | { readonly type: 'waiting'; readonly waiting: readonly Waiting[] }
  /** The whole map, after each change that shows on it. */
  | { readonly type: 'map'; readonly map: SwarmMap }
  /** What has just been added to the history of this generation; a page fetches what came before. */
  | { readonly type: 'history'; readonly generation: number; readonly entries: readonly HistoryEntry[] }
  /** What the swarm publishes on which node; empty while nothing is. */
  | { readonly type: 'ports'; readonly ports: readonly LabPort[] }
  /** Limits that nodes are at now; empty again when that is over. */
  | { readonly type: 'limits'; readonly limits: readonly LimitHit[] }
  /** Who asks to watch this lab or to type in it, and who does. */
  | { readonly type: 'watch'; readonly watch: LabWatch }
  | { readonly type: 'notice'; readonly notice: LocalizedText; readonly level: 'info' | 'warning' };

// ---- errors ----------------------------------------------------------------------------------------------

/** RFC 9457 problem document. `code` selects the learner's text in `error-texts.ts`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.custom<ErrorCode>((v) => typeof v === 'string'),
  requestId: z.string(),
  params: z.optional(ErrorParams),
});
export type Problem = z.infer<typeof Problem>;
