import type { DatabaseSync } from 'node:sqlite';
import { CODE_LETTERS, JOIN_CODE_LENGTH, RETURN_CODE_LENGTH } from '#contract/class-codes.ts';
import { WatchId } from '#contract/class-watch.ts';
import type { AuditTrail } from './domain/audit-trail.ts';
import { CodeGuesses } from './domain/class/code-guesses.ts';
import { CohortStaff } from './domain/class/cohort-staff.ts';
import { Cohorts } from './domain/class/cohorts.ts';
import { ClassHelp, type ClassHelpParts } from './domain/class/help/class-help.ts';
import { Instructors, type Passphrases } from './domain/class/instructors.ts';
import { Joining } from './domain/class/joining.ts';
import { learnerLabs } from './domain/class/learner-labs.ts';
import { Roster } from './domain/class/roster.ts';
import { Shows } from './domain/class/watch/shows.ts';
import { Watches } from './domain/class/watch/watches.ts';
import type { LabSessions } from './domain/lab-sessions.ts';
import type { LoginConnections } from './domain/login-connections.ts';
import type { LoginStore } from './domain/stores.ts';
import { randomCode, randomId, randomToken } from './random-id.ts';
import { SqliteAuditStore } from './store/audit-store.ts';
import { SqliteCohortStore } from './store/class/cohort-store.ts';
import { SqliteEnrolmentStore } from './store/class/enrolment-store.ts';
import { SqliteHandStore } from './store/class/hand-store.ts';
import { SqliteInstructorStore } from './store/class/instructor-store.ts';
import { SqliteLearnerRecords } from './store/class/learner-records.ts';
import { SqliteMessageStore } from './store/class/message-store.ts';
import { SqliteUnlockStore } from './store/class/unlock-store.ts';

export interface ClassOptions {
  readonly database: DatabaseSync;
  readonly logins: LoginStore;
  readonly loginConnections: LoginConnections;
  readonly sessions: Pick<LabSessions, 'listOf' | 'close'>;
  readonly passphrases: Passphrases;
  readonly audit: AuditTrail;
  readonly hintCountOf: ClassHelpParts['hintsOf'];
  readonly nowMs: () => number;
}

/** What a class is made of, on this database. */
export function classParts({
  database,
  logins,
  loginConnections,
  sessions,
  passphrases,
  audit,
  hintCountOf,
  nowMs,
}: ClassOptions) {
  const instructorStore = new SqliteInstructorStore(database);
  const cohortStore = new SqliteCohortStore(database);
  const enrolments = new SqliteEnrolmentStore(database);
  const newJoinCode = () => randomCode(JOIN_CODE_LENGTH, CODE_LETTERS);
  const newReturnCode = () => randomCode(RETURN_CODE_LENGTH, CODE_LETTERS);
  const shared = { newId: randomId, nowMs };
  const cohorts = new Cohorts({
    store: cohortStore,
    enrolments,
    newJoinCode,
    onChange: (cohortId) => help.policiesChanged(cohortId),
    ...shared,
  });
  const help: ClassHelp = new ClassHelp({
    handStore: new SqliteHandStore(database),
    messageStore: new SqliteMessageStore(database),
    unlockStore: new SqliteUnlockStore(database),
    cohortStore,
    cohorts,
    hintsOf: hintCountOf,
    showOf: (cohortId) => shows.of(cohortId),
    ...shared,
  });
  const onRosterChange: ClassHelp['rosterChanged'] = (cohortId) => help.rosterChanged(cohortId);
  const watches = new Watches({
    mayWatch: (instructorId, cohortId, learnerId) =>
      cohortStore.isLedBy(cohortId, instructorId) && enrolments.get(learnerId)?.cohortId === cohortId,
    isUnasked: (cohortId) => cohortStore.get(cohortId)?.policies.watchWithoutAsking ?? false,
    loginConnections,
    audit,
    ...shared,
  });
  const shows: Shows = new Shows({
    isLedBy: (cohortId, instructorId) => cohortStore.isLedBy(cohortId, instructorId),
    onChange: (cohortId) => help.channel.tellLearners(cohortId, 'show'),
    loginConnections,
    audit,
    ...shared,
  });
  return {
    instructorStore,
    cohortStore,
    enrolments,
    cohorts,
    help,
    watches,
    shows,
    guestOf: (id: string, loginId: string) =>
      WatchId.safeParse(id).success ? watches.of(id, loginId) : shows.guest(id),
    records: new SqliteLearnerRecords(database),
    instructors: new Instructors({ store: instructorStore, cohorts: cohortStore, passphrases, ...shared }),
    staff: new CohortStaff({
      cohorts: cohortStore,
      instructors: instructorStore,
      enrolments,
      trail: new SqliteAuditStore(database),
      logins,
      loginConnections,
      newToken: randomToken,
      nowMs,
    }),
    joining: new Joining({
      cohorts: cohortStore,
      enrolments,
      guesses: new CodeGuesses(nowMs),
      newReturnCode,
      onChange: onRosterChange,
      ...shared,
    }),
    roster: new Roster({
      store: enrolments,
      cohorts: cohortStore,
      logins,
      loginConnections,
      labs: learnerLabs(sessions),
      newReturnCode,
      onChange: onRosterChange,
      ...shared,
    }),
  };
}
