import type { CohortAudit, CohortInstructors } from '#contract/class-api.ts';
import type { CohortId, InstructorId, LearnerId } from '#contract/ids.ts';
import type { AuditEvent } from '../audit-trail.ts';
import { LabError } from '../lab-error.ts';
import type { LoginConnections } from '../login-connections.ts';
import type { Instructor, LoginStore } from '../stores.ts';
import type { Cohort, CohortStore, EnrolmentStore, InstructorStore } from './class-stores.ts';

/** What was written down about a cohort, newest first. */
export interface CohortTrail {
  about(
    cohortId: CohortId,
    count: number,
  ): readonly (AuditEvent & { readonly atMs: number; readonly times: number })[];
}

export interface CohortStaffParts {
  readonly cohorts: CohortStore;
  readonly instructors: InstructorStore;
  readonly enrolments: EnrolmentStore;
  readonly trail: CohortTrail;
  readonly logins: LoginStore;
  readonly loginConnections: LoginConnections;
  readonly newToken: () => string;
  readonly nowMs: () => number;
}

const INVITATION_LIFETIME_MS = 24 * 3_600_000;
const MAX_INVITATIONS = 20;
const DEEDS_SHOWN = 200;

/** The instructors of a cohort: inviting, removing, and what each did. */
export class CohortStaff {
  readonly #parts: CohortStaffParts;

  constructor(parts: CohortStaffParts) {
    this.#parts = parts;
  }

  of({ id }: Cohort): CohortInstructors {
    const { cohorts, instructors, nowMs } = this.#parts;
    return {
      instructors: cohorts.instructors(id),
      invitations: instructors.invitationsTo(id, nowMs()).map((link) => ({
        id: link.id,
        by: link.invitedBy?.name ?? '',
        expiresAtMs: link.expiresAtMs,
      })),
    };
  }

  /** A link for one further instructor, good once and for a day. @throws {LabError} TOO_MANY_REQUESTS */
  invite({ id }: Cohort, by: Instructor): { readonly token: string; readonly expiresAtMs: number } {
    const { instructors, newToken, nowMs } = this.#parts;
    if (instructors.invitationsTo(id, nowMs()).length >= MAX_INVITATIONS)
      throw new LabError('TOO_MANY_REQUESTS', `${MAX_INVITATIONS} invitations are open`);
    const token = newToken();
    const expiresAtMs = nowMs() + INVITATION_LIFETIME_MS;
    const link = {
      purpose: 'invite',
      instructorId: null,
      cohortId: id,
      invitedBy: by.id,
      expiresAtMs,
    } as const;
    instructors.addLink(token, link);
    return { token, expiresAtMs };
  }

  withdraw({ id }: Cohort, linkId: string): void {
    this.#parts.instructors.withdrawInvitation(id, linkId);
  }

  /** Ends what the instructor has open, too. @throws {LabError} INSTRUCTOR_UNKNOWN, LAST_INSTRUCTOR */
  remove({ id }: Cohort, instructorId: InstructorId): void {
    const { cohorts, logins, loginConnections } = this.#parts;
    if (!cohorts.isLedBy(id, instructorId))
      throw new LabError('INSTRUCTOR_UNKNOWN', `instructor ${instructorId} does not lead ${id}`);
    if (cohorts.instructors(id).length === 1)
      throw new LabError('LAST_INSTRUCTOR', `${instructorId} is the only instructor of ${id}`);
    cohorts.removeInstructor(id, instructorId);
    for (const loginId of logins.endSessionsOf(instructorId)) loginConnections.end(loginId);
  }

  deeds({ id }: Cohort): CohortAudit {
    const { instructors, enrolments, trail } = this.#parts;
    const names = new Map<string, string>(instructors.list().map((one) => [one.id, one.name]));
    const nameOf = (someone: string | null | undefined): string | null =>
      someone == null ? null : (names.get(someone) ?? enrolments.get(someone as LearnerId)?.name ?? null);
    return {
      events: trail.about(id, DEEDS_SHOWN).map(({ atMs, event, outcome, times, actor, target }) => ({
        atMs,
        event,
        outcome,
        times,
        actor: nameOf(actor),
        target: nameOf(target?.split('/')[1]),
      })),
    };
  }
}
