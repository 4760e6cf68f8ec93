import * as z from 'zod/mini';
import { CohortPolicies } from './class-api.ts';
import { ClassShow } from './class-watch.ts';
import { ExerciseId, InstructorId, LearnerId, LessonId } from './ids.ts';
import { LocalizedText } from './language.ts';

/**
 * Help in a class: raised hands, messages, unlocked hints and solutions, and the channel by which both sides hear of
 * them. Times are epoch milliseconds. An event carries the whole of its part of the state, so whoever connects, or
 * missed one, knows everything from the next: `type` says which part.
 */

// ---- raised hands ----------------------------------------------------------------------------------------

export const HAND_WORDS_MAX = 200;

/** `POST /api/me/hand`: raises it, or changes its words; its place in the line stays. @throws HANDS_OFF */
export const RaiseHand = z.strictObject({
  exercise: z.nullable(ExerciseId),
  words: z.string().check(z.maxLength(HAND_WORDS_MAX)),
});

/** A learner's own raised hand. */
export const OwnHand = z.strictObject({
  sinceMs: z.number(),
  exercise: z.nullable(ExerciseId),
  words: z.string(),
  /** How many nobody has gone to yet were raised earlier. */
  before: z.number(),
  /** Name of the instructor who comes. */
  takenBy: z.nullable(z.string()),
});
export type OwnHand = z.infer<typeof OwnHand>;

const Whose = { learner: LearnerId, name: z.string() };

/** A raised hand as instructors see it. */
export const RaisedHand = z.strictObject({
  ...Whose,
  sinceMs: z.number(),
  exercise: z.nullable(ExerciseId),
  words: z.string(),
  takenBy: z.nullable(z.strictObject({ id: InstructorId, name: z.string(), atMs: z.number() })),
});
export type RaisedHand = z.infer<typeof RaisedHand>;

export const AnsweredHand = z.strictObject({
  ...Whose,
  sinceMs: z.number(),
  exercise: z.nullable(ExerciseId),
  words: z.string(),
  /** Name of the instructor; `null` where the learner lowered it. */
  by: z.nullable(z.string()),
  atMs: z.number(),
});
export type AnsweredHand = z.infer<typeof AnsweredHand>;

/** `POST /api/cohorts/:cohort/hands/:learner/take`. @throws HAND_UNKNOWN; HAND_TAKEN unless `instead` */
export const TakeHand = z.strictObject({
  /** Goes although another instructor is on the way. */
  instead: z.boolean(),
});

// ---- messages --------------------------------------------------------------------------------------------

export const MESSAGE_MAX = 1000;
export const MessageId = z.string().check(z.regex(/^[a-z0-9]{16}$/));

/** `POST /api/cohorts/:cohort/messages`. Plain text. @throws MESSAGE_EMPTY, LEARNER_UNKNOWN */
export const NewMessage = z.strictObject({
  /** `null`: everybody, also who joins until it ends. */
  to: z.nullable(z.array(LearnerId).check(z.minLength(1), z.maxLength(500))),
  text: z.string().check(z.maxLength(MESSAGE_MAX)),
});
export type NewMessage = z.infer<typeof NewMessage>;

/** A message that the learner has not put away. */
export const ReceivedMessage = z.strictObject({
  id: MessageId,
  by: z.string(),
  text: z.string(),
  atMs: z.number(),
});
export type ReceivedMessage = z.infer<typeof ReceivedMessage>;

export const SentMessage = z.strictObject({
  id: MessageId,
  by: z.string(),
  text: z.string(),
  atMs: z.number(),
  /** From then on nobody gets it any more. */
  untilMs: z.number(),
  /** Names of whom it was sent to; `null`: everybody. */
  to: z.nullable(z.array(z.string())),
  /** How many it is for, and how many of them have put it away as read. */
  readers: z.number(),
  readBy: z.number(),
});
export type SentMessage = z.infer<typeof SentMessage>;

// ---- unlocking -------------------------------------------------------------------------------------------

/** What is unlocked of an exercise: hints up to this one (0: none), and whether the solution. */
export const Unlocked = z.strictObject({
  exercise: ExerciseId,
  hints: z.number(),
  solution: z.boolean(),
});
export type Unlocked = z.infer<typeof Unlocked>;

/** `POST /api/cohorts/:cohort/unlocked`: how it is from now on. @throws EXERCISE_UNKNOWN, HINT_UNKNOWN, LEARNER_UNKNOWN */
export const UnlockRequest = z.strictObject({
  ...Unlocked.shape,
  hints: z.int().check(z.minimum(0), z.maximum(50)),
  /** `null`: for everybody in the class. */
  learner: z.nullable(LearnerId),
});
export type UnlockRequest = z.infer<typeof UnlockRequest>;

/** `GET /api/cohorts/:cohort/exercises`: what there is to unlock, in the order of the course. */
export const UnlockableExercises = z.strictObject({
  exercises: z.array(
    z.strictObject({ id: ExerciseId, lesson: LessonId, title: LocalizedText, hints: z.number() }),
  ),
});
export type UnlockableExercises = z.infer<typeof UnlockableExercises>;

// ---- the channel -----------------------------------------------------------------------------------------

/** `GET /api/me/class/events`: every part once at first, then each as it changes. */
export const LearnerClassEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('policies'), policies: CohortPolicies }),
  z.strictObject({ type: z.literal('hand'), hand: z.nullable(OwnHand) }),
  /** Oldest first. */
  z.strictObject({ type: z.literal('messages'), messages: z.array(ReceivedMessage) }),
  /** What an instructor shows to the class. */
  z.strictObject({ type: z.literal('show'), show: z.nullable(ClassShow) }),
  /** For the class and for this learner, taken together. */
  z.strictObject({ type: z.literal('unlocked'), unlocked: z.array(Unlocked) }),
]);
export type LearnerClassEvent = z.infer<typeof LearnerClassEvent>;

/** `GET /api/cohorts/:cohort/help/events`: the same for instructors. */
export const CohortHelpEvent = z.discriminatedUnion('type', [
  /** In their order, and those that were answered last, newest first. */
  z.strictObject({ type: z.literal('hands'), hands: z.array(RaisedHand), answered: z.array(AnsweredHand) }),
  /** Newest first. */
  z.strictObject({ type: z.literal('sent'), messages: z.array(SentMessage) }),
  z.strictObject({
    type: z.literal('unlocked'),
    unlocked: z.array(Unlocked),
    /** For single learners, beside what is unlocked for all. */
    ofLearners: z.array(z.strictObject({ ...Unlocked.shape, learner: LearnerId })),
  }),
  z.strictObject({ type: z.literal('policies'), policies: CohortPolicies }),
]);
export type CohortHelpEvent = z.infer<typeof CohortHelpEvent>;
