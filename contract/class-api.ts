import * as z from 'zod/mini';
import type { LabSessionState } from './api.ts';
import { TypedCode } from './class-codes.ts';
import { TypedName, TypedPassphrase } from './class-names.ts';
import { CohortId, InstructorId, LabId, LabSessionId, LearnerId } from './ids.ts';
import { LocalizedText } from './language.ts';

/** Where the instructors' and the learners' pages of class mode and the server meet. Times are epoch milliseconds. */

const Token = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const Named = { name: z.string() };

// ---- instructors -----------------------------------------------------------------------------------------

export const InstructorView = z.strictObject({ id: InstructorId, ...Named });
export type InstructorView = z.infer<typeof InstructorView>;

/** `POST /api/class/sign-in` */
export const InstructorSignIn = z.strictObject({ name: TypedName, passphrase: TypedPassphrase });

/** `POST /api/class/passphrase`: the instructor's own. Every other browser of theirs is signed out. */
export const PassphraseChange = z.strictObject({ old: TypedPassphrase, passphrase: TypedPassphrase });

/** What a one-time link is for. `setup`: the first instructor. `invite`: one more. `reset`: a new passphrase. */
export const LINK_PURPOSES = ['setup', 'invite', 'reset'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** `POST /api/class/links/look`: what a link is for, without using it up. */
export const LinkLook = z.strictObject({ token: Token });
export const LinkView = z.strictObject({
  purpose: z.enum(LINK_PURPOSES),
  /** Of the cohort that one is invited to. */
  cohort: z.nullable(z.string()),
  /** Whose passphrase is reset. */
  name: z.nullable(z.string()),
});
export type LinkView = z.infer<typeof LinkView>;

/** `POST /api/class/links/use`. Somebody who is signed in accepts an invitation without name and passphrase. */
export const LinkUse = z.strictObject({
  token: Token,
  account: z.nullable(z.strictObject({ name: TypedName, passphrase: TypedPassphrase })),
});

// ---- cohorts ---------------------------------------------------------------------------------------------

export const SEATS_MAX = 500;

/** What is allowed in a class. Each is read where it matters; the class view and help build on the first two. */
export const CohortPolicies = z.strictObject({
  /** Instructors watch a learner's terminals without asking each time. Learners see that they are watched, always. */
  watchWithoutAsking: z.boolean(),
  /** Learners may call for help. */
  handsUp: z.boolean(),
  /** Learners may look at solutions by themselves; else an instructor unlocks them. */
  solutionsOpen: z.boolean(),
});
export type CohortPolicies = z.infer<typeof CohortPolicies>;
export const DEFAULT_POLICIES: CohortPolicies = {
  watchWithoutAsking: false,
  handsUp: true,
  solutionsOpen: true,
};

const Seats = z.int().check(z.minimum(1), z.maximum(SEATS_MAX));
const Moment = z.nullable(z.int().check(z.minimum(0), z.maximum(8.64e15)));

/** `POST /api/cohorts` */
export const NewCohort = z.strictObject({ name: TypedName, seats: Seats });

/** `POST /api/cohorts/:cohort`: what is named changes, the rest stays. */
export const CohortChange = z.strictObject({
  name: z.optional(TypedName),
  seats: z.optional(Seats),
  opensAtMs: z.optional(Moment),
  closesAtMs: z.optional(Moment),
  joiningPaused: z.optional(z.boolean()),
  policies: z.optional(z.partial(CohortPolicies)),
});
export type CohortChange = z.infer<typeof CohortChange>;

export const JOIN_STATES = ['open', 'not-yet', 'closed', 'paused', 'full'] as const;
export type JoinState = (typeof JOIN_STATES)[number];

export const CohortView = z.strictObject({
  id: CohortId,
  ...Named,
  /** Without separators; see `shownCode`. */
  joinCode: z.string(),
  joining: z.enum(JOIN_STATES),
  joiningPaused: z.boolean(),
  opensAtMs: z.nullable(z.number()),
  closesAtMs: z.nullable(z.number()),
  seats: z.number(),
  seatsTaken: z.number(),
  policies: CohortPolicies,
  createdAtMs: z.number(),
});
export type CohortView = z.infer<typeof CohortView>;
/** `GET /api/cohorts`: those that the instructor leads, newest first. */
export const CohortList = z.strictObject({ cohorts: z.array(CohortView) });

/** `GET /api/cohorts/:cohort/instructors` */
export const CohortInstructors = z.strictObject({
  instructors: z.array(InstructorView),
  /** Links that nobody has used yet. */
  invitations: z.array(z.strictObject({ id: z.string(), by: z.string(), expiresAtMs: z.number() })),
});
export type CohortInstructors = z.infer<typeof CohortInstructors>;

/** `POST /api/cohorts/:cohort/invitations`. Shown once; its token stands behind `#`, where no log sees it. */
export const Invitation = z.strictObject({ link: z.string(), expiresAtMs: z.number() });
export type Invitation = z.infer<typeof Invitation>;

/** `GET /api/cohorts/:cohort/audit`: what instructors did in this class, newest first. */
export const CohortAudit = z.strictObject({
  events: z.array(
    z.strictObject({
      atMs: z.number(),
      event: z.string(),
      outcome: z.enum(['done', 'refused', 'failed']),
      times: z.number(),
      /** `null` for somebody who was not signed in, or is gone. */
      actor: z.nullable(z.string()),
      /** A learner's or an instructor's name, where it was about one. */
      target: z.nullable(z.string()),
    }),
  ),
});
export type CohortAudit = z.infer<typeof CohortAudit>;

// ---- roster ----------------------------------------------------------------------------------------------

export const RosterEntry = z.strictObject({
  id: LearnerId,
  ...Named,
  /** `null`: a seat that was made from a list and that nobody has taken yet. */
  joinedAtMs: z.nullable(z.number()),
  /** Last request of any of the learner's devices; `null` without one. */
  lastSeenAtMs: z.nullable(z.number()),
  devices: z.number(),
  passed: z.number(),
  /** Open labs, newest first. */
  labs: z.array(
    z.strictObject({
      id: LabSessionId,
      lab: LabId,
      title: LocalizedText,
      state: z.custom<LabSessionState['state']>((value) => typeof value === 'string'),
    }),
  ),
});
export type RosterEntry = z.infer<typeof RosterEntry>;
export const Roster = z.strictObject({ learners: z.array(RosterEntry) });
export type Roster = z.infer<typeof Roster>;

export const SEATS_PER_IMPORT = 300;
/** `POST /api/cohorts/:cohort/learners`: seats with return codes, for learners who have not come yet. */
export const NewSeats = z.strictObject({
  names: z.array(TypedName).check(z.minLength(1), z.maxLength(SEATS_PER_IMPORT)),
});
/** Return codes are shown here once. */
export const NewSeatsAnswer = z.strictObject({
  learners: z.array(z.strictObject({ id: LearnerId, ...Named, returnCode: z.string() })),
});
export type NewSeatsAnswer = z.infer<typeof NewSeatsAnswer>;

/** `POST /api/cohorts/:cohort/learners/:learner/name` */
export const RenameRequest = z.strictObject({ name: TypedName });
/** `POST /api/cohorts/:cohort/learners/:learner/merge`: the other becomes part of the one in the address. */
export const MergeRequest = z.strictObject({ other: LearnerId });
/** `POST /api/cohorts/:cohort/learners/:learner/remove` */
export const RemoveRequest = z.strictObject({ data: z.enum(['keep', 'delete']) });

// ---- learners --------------------------------------------------------------------------------------------

/** `POST /api/join/look`: what a join code leads to. @throws JOIN_CODE_UNKNOWN, and JOIN_… where it is not open */
export const JoinLook = z.strictObject({ code: TypedCode });
export const JoinView = z.strictObject({
  cohort: z.string(),
  instructors: z.array(z.string()),
  /** See `CohortPolicies`: somebody who joins knows it before. */
  watchWithoutAsking: z.boolean(),
});
export type JoinView = z.infer<typeof JoinView>;

/** `POST /api/join`: takes a seat and signs in. */
export const JoinRequest = z.strictObject({ code: TypedCode, name: TypedName });
/** `POST /api/join/return`: signs in on a further device. */
export const ReturnRequest = z.strictObject({ code: TypedCode });

/** The return code is shown once; `POST /api/me/return-code` makes a new one and voids the old. */
export const ReturnCode = z.strictObject({ ...Named, cohort: z.string(), returnCode: z.string() });
export type ReturnCode = z.infer<typeof ReturnCode>;
export const Returned = z.strictObject({ ...Named, cohort: z.string() });
export type Returned = z.infer<typeof Returned>;
