/** What a class keeps across restarts, as the domain sees it. `server/store/class/` implements these on SQLite. */
import type { CohortPolicies, LinkPurpose } from '#contract/class-api.ts';
import type { CohortId, InstructorId, LearnerId } from '#contract/ids.ts';
import type { Instructor, Learner } from '../stores.ts';

export interface InstructorLink {
  /** Names it without opening it: not the token. */
  readonly id: string;
  readonly purpose: LinkPurpose;
  /** Whose passphrase is reset. */
  readonly instructor: Instructor | null;
  /** What one is invited to, and by whom. */
  readonly cohort: { readonly id: CohortId; readonly name: string } | null;
  readonly invitedBy: Instructor | null;
  readonly expiresAtMs: number;
}

export interface NewInstructorLink {
  readonly purpose: LinkPurpose;
  readonly instructorId: InstructorId | null;
  readonly cohortId: CohortId | null;
  readonly invitedBy: InstructorId | null;
  readonly expiresAtMs: number;
}

export interface InstructorStore {
  count(): number;
  /** @returns `false` when the name is taken */
  add(instructor: Instructor, passphraseHash: string, nowMs: number): boolean;
  find(name: string): { readonly instructor: Instructor; readonly passphraseHash: string } | null;
  list(): Instructor[];
  /** As whom they follow lessons: a learner in no class, made on first use. */
  ownLearner(instructor: Instructor, nowMs: number): Learner;
  setPassphrase(id: InstructorId, passphraseHash: string): void;
  addLink(token: string, link: NewInstructorLink): void;
  findLink(token: string, nowMs: number): InstructorLink | null;
  /** The same, once: afterwards it leads nowhere. */
  useLink(token: string, nowMs: number): InstructorLink | null;
  forgetLinks(purpose: LinkPurpose): void;
  /** Invitations that nobody has used. */
  invitationsTo(cohortId: CohortId, nowMs: number): InstructorLink[];
  withdrawInvitation(cohortId: CohortId, linkId: string): void;
}

export interface Cohort {
  readonly id: CohortId;
  readonly name: string;
  readonly joinCode: string;
  readonly joiningPaused: boolean;
  readonly opensAtMs: number | null;
  readonly closesAtMs: number | null;
  readonly seats: number;
  readonly policies: CohortPolicies;
  readonly createdAtMs: number;
}

export interface CohortStore {
  count(): number;
  /** @param instructorId who leads it */
  add(cohort: Cohort, instructorId: InstructorId): void;
  save(cohort: Cohort): void;
  get(id: CohortId): Cohort | null;
  withJoinCode(joinCode: string): Cohort | null;
  /** Newest first. */
  ledBy(instructorId: InstructorId): Cohort[];
  isLedBy(id: CohortId, instructorId: InstructorId): boolean;
  instructors(id: CohortId): Instructor[];
  addInstructor(id: CohortId, instructorId: InstructorId, nowMs: number): void;
  removeInstructor(id: CohortId, instructorId: InstructorId): void;
  /** Its learners must be erased before. */
  remove(id: CohortId): void;
}

/** A learner in a cohort. */
export interface Enrolment extends Learner {
  readonly cohortId: CohortId;
  readonly createdAtMs: number;
  /** `null`: nobody has taken the seat yet. */
  readonly joinedAtMs: number | null;
}

export interface EnrolmentOnRoster extends Enrolment {
  readonly lastSeenAtMs: number | null;
  readonly devices: number;
  /** Exercises passed at least once. */
  readonly passed: number;
}

export interface NewEnrolment extends Enrolment {
  readonly returnCode: string;
}

/** Return codes come in as they are and are kept as hashes. Removed and merged learners are not found by anything. */
export interface EnrolmentStore {
  /** All that `work` writes, or nothing of it. */
  together<T>(work: () => T): T;
  seatsTaken(cohortId: CohortId): number;
  /** See `nameKey`. */
  nameKeys(cohortId: CohortId): ReadonlySet<string>;
  /** Makes the learner, too. */
  add(enrolment: NewEnrolment): void;
  get(learnerId: LearnerId): Enrolment | null;
  /** A code of somebody who was merged leads to who was kept. */
  withReturnCode(returnCode: string): Enrolment | null;
  roster(cohortId: CohortId): EnrolmentOnRoster[];
  /** Also those who were removed or merged. */
  everybody(cohortId: CohortId): LearnerId[];
  /** Learners, also removed ones, of whom nothing is newer than this. Merged ones go with who was kept. */
  inactiveSince(atMs: number): LearnerId[];
  setReturnCode(learnerId: LearnerId, returnCode: string): void;
  setJoined(learnerId: LearnerId, nowMs: number): void;
  rename(learnerId: LearnerId, name: string): void;
  /** Frees the seat and the name; what the learner did stays. */
  remove(learnerId: LearnerId, nowMs: number): void;
  /** Gives what `other` did to `kept`, and frees the seat of `other`. */
  merge(kept: LearnerId, other: LearnerId, nowMs: number): void;
  /** Removes a learner with everything that is stored of them. Their labs must be closed before. */
  erase(learnerId: LearnerId): void;
}

export interface LearnerRecords {
  /**
   * Everything that is stored of a learner, by table, without secrets. Instructors don't get from where and when
   * somebody was there.
   */
  of(learnerId: LearnerId, reader: 'learner' | 'instructor'): Readonly<Record<string, readonly object[]>>;
}
