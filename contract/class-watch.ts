import * as z from 'zod/mini';
import { CohortId, LabId, LabSessionId, LearnerId } from './ids.ts';
import { LocalizedText } from './language.ts';

/** Watching a learner's lab, and typing in it, with the learner's consent. Times are epoch milliseconds. */

export const WATCH_LIMITS = {
  watchersPerLab: 3,
  /** A question that nobody answers is over by then. */
  questionMs: 60_000,
  /** Watching ends when the watcher's page is away for so long; so does the keyboard without the learner's page. */
  awayMs: 10_000,
} as const;

/** Of one instructor's watching of one lab, from the question on. */
export const WatchId = z
  .string()
  .check(z.regex(/^w[a-z0-9]{15}$/))
  .brand<'WatchId'>();
export type WatchId = z.infer<typeof WatchId>;

/**
 * `declined`, `expired`: the question. `learner`, `instructor`: who ended it. `away`: the instructor's page was.
 * `lab-closed`. `not-allowed`: signed out, or one of the two is no longer in the class.
 */
export const WATCH_ENDS = [
  'declined',
  'expired',
  'learner',
  'instructor',
  'away',
  'lab-closed',
  'not-allowed',
] as const;
export type WatchEnd = (typeof WATCH_ENDS)[number];

/** Of one showing of an instructor's lab to a class. */
export const ShowId = z
  .string()
  .check(z.regex(/^s[a-z0-9]{15}$/))
  .brand<'ShowId'>();
export type ShowId = z.infer<typeof ShowId>;

/** A lab that an instructor shows to a class: `show` event of the class channel. */
export const ClassShow = z.strictObject({
  id: ShowId,
  by: z.string(),
  title: LocalizedText,
  sinceMs: z.number(),
});
export type ClassShow = z.infer<typeof ClassShow>;

/** Beside the lab's own events of `GET /api/me/class/show/events`: what is shown; `null`, the last, when that is over. */
export const ShowEvent = z.strictObject({ type: z.literal('showing'), show: z.nullable(ClassShow) });
export type ShowEvent = z.infer<typeof ShowEvent>;

/** What somebody else sees of a lab's events: all but its learner's own record, and what is said to the learner. */
export const SEEN_BY_WATCHERS: readonly string[] = [
  'session',
  'verdict',
  'nodes',
  'waiting',
  'map',
  'ports',
  'limits',
];

/** Why an instructor does not have the keyboard, where that is news. `learner`: taken back, by a key or a button. */
export const KEYBOARD_ENDS = ['declined', 'expired', 'learner', 'instructor', 'away'] as const;
export type KeyboardEnd = (typeof KEYBOARD_ENDS)[number];

export const WatchKeyboard = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none'), why: z.nullable(z.enum(KEYBOARD_ENDS)) }),
  z.strictObject({ state: z.literal('asked'), expiresAtMs: z.number() }),
  z.strictObject({ state: z.literal('has'), sinceMs: z.number() }),
]);
export type WatchKeyboard = z.infer<typeof WatchKeyboard>;

/** How far an instructor's watching is. */
export const WatchView = z.strictObject({
  id: WatchId,
  labSession: LabSessionId,
  status: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('asked'), expiresAtMs: z.number() }),
    z.strictObject({
      state: z.literal('on'),
      sinceMs: z.number(),
      /** Nobody was asked: the class allows it. */
      byPolicy: z.boolean(),
      keyboard: WatchKeyboard,
    }),
    z.strictObject({ state: z.literal('over'), why: z.enum(WATCH_ENDS) }),
  ]),
  /** Whether a page of the learner shows the lab, so that somebody can answer. */
  isLearnerThere: z.boolean(),
});
export type WatchView = z.infer<typeof WatchView>;

/** `GET /api/cohorts/:cohort/learners/:learner/watch`: what there is to watch. */
export const WatchChoice = z.strictObject({
  learner: z.strictObject({ id: LearnerId, name: z.string() }),
  labs: z.array(
    z.strictObject({
      id: LabSessionId,
      lab: LabId,
      title: LocalizedText,
      isLearnerThere: z.boolean(),
      /** The next watching of it starts without a question. */
      isUnasked: z.boolean(),
      /** What this browser has under way there. */
      watch: z.nullable(WatchId),
    }),
  ),
});
export type WatchChoice = z.infer<typeof WatchChoice>;

/** `POST /api/cohorts/:cohort/learners/:learner/watch`. Answers with a `WatchView`; asking twice is asking once. */
export const WatchRequest = z.strictObject({ labSession: LabSessionId });

/**
 * Events of `GET …/watch/:watch/events` beside the lab's own (`LabEvent`, without what is the learner's alone): where the
 * watching is. `over` is the last one.
 */
export type WatchEvent = { readonly type: 'watching'; readonly watching: WatchView };

/** `POST /api/lab-sessions/:id/watches/:watch` and `…/keyboard`: the learner's answer to the question. */
export const WatchAnswer = z.strictObject({ answer: z.enum(['allow', 'decline']) });

/** What a learner's page shows of it: who asks, and who watches. */
export const LabWatch = z.strictObject({
  questions: z.array(
    z.strictObject({
      watch: WatchId,
      by: z.string(),
      about: z.enum(['watch', 'keyboard']),
      expiresAtMs: z.number(),
    }),
  ),
  watchers: z.array(
    z.strictObject({
      watch: WatchId,
      by: z.string(),
      sinceMs: z.number(),
      byPolicy: z.boolean(),
      hasKeyboard: z.boolean(),
    }),
  ),
  /** The class to which an instructor shows this lab, and how many look at it. */
  shownTo: z.nullable(z.strictObject({ cohort: CohortId, name: z.string(), viewers: z.number() })),
});
export type LabWatch = z.infer<typeof LabWatch>;
export const NOBODY_WATCHES: LabWatch = { questions: [], watchers: [], shownTo: null };
