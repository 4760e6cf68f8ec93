import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { CareCourse } from '#contract/class-care.ts';
import { CODE_LETTERS, JOIN_CODE_LENGTH, RETURN_CODE_LENGTH } from '#contract/class-codes.ts';
import { WatchId } from '#contract/class-watch.ts';
import type { AuditTrail } from './domain/audit-trail.ts';
import type { CareRounds } from './domain/care-rounds.ts';
import { CohortCapacity, type CohortCapacityParts } from './domain/class/care/cohort-capacity.ts';
import { CohortCare } from './domain/class/care/cohort-care.ts';
import { CodeGuesses } from './domain/class/code-guesses.ts';
import { CohortStaff } from './domain/class/cohort-staff.ts';
import { Cohorts } from './domain/class/cohorts.ts';
import { ApiTokens } from './domain/class/grades/api-tokens.ts';
import { ClassHelp, type ClassHelpParts } from './domain/class/help/class-help.ts';
import { Instructors, type Passphrases } from './domain/class/instructors.ts';
import { Joining } from './domain/class/joining.ts';
import { learnerLabs } from './domain/class/learner-labs.ts';
import type { LiveClassParts } from './domain/class/live/live-class.ts';
import { LiveClasses } from './domain/class/live/live-classes.ts';
import { stuckRule } from './domain/class/live/trial.ts';
import { Roster } from './domain/class/roster.ts';
import { Shows } from './domain/class/watch/shows.ts';
import { Watches } from './domain/class/watch/watches.ts';
import { webhookSecret } from './domain/class/webhook/signature.ts';
import type { WebhookSender } from './domain/class/webhook/webhook-ports.ts';
import { Webhooks } from './domain/class/webhook/webhooks.ts';
import type { LabSessions } from './domain/lab-sessions.ts';
import type { Log } from './domain/log.ts';
import type { LoginConnections } from './domain/login-connections.ts';
import type { LoginStore } from './domain/stores.ts';
import type { WarmPlans } from './domain/warm-plans.ts';
import { randomCode, randomId, randomToken } from './random-id.ts';
import { SqliteAuditStore } from './store/audit-store.ts';
import { SqliteApiTokenStore } from './store/class/api-token-store.ts';
import { SqliteCohortStore } from './store/class/cohort-store.ts';
import { SqliteEnrolmentStore } from './store/class/enrolment-store.ts';
import { SqliteGradeStore } from './store/class/grade-store.ts';
import { SqliteHandStore } from './store/class/hand-store.ts';
import { SqliteInstructorStore } from './store/class/instructor-store.ts';
import { SqliteLearnerRecords } from './store/class/learner-records.ts';
import { SqliteMessageStore } from './store/class/message-store.ts';
import { SqliteTrialStore } from './store/class/trial-store.ts';
import { SqliteUnlockStore } from './store/class/unlock-store.ts';
import { SqliteWebhookStore } from './store/class/webhook-store.ts';
import { SqliteProgressStore } from './store/progress-store.ts';

export interface ClassOptions {
  readonly database: DatabaseSync;
  readonly logins: LoginStore;
  readonly loginConnections: LoginConnections;
  readonly sessions: Pick<LabSessions, 'listOf' | 'close' | 'queue'>;
  readonly careRounds: CareRounds;
  readonly careCourse: CareCourse;
  readonly warmPlans: WarmPlans;
  readonly capacity: CohortCapacityParts['report'];
  readonly passphrases: Passphrases;
  readonly course: LiveClassParts['course'];
  /** See `stuckRule`. */
  readonly stuckAfterMs: number;
  readonly audit: AuditTrail;
  readonly hintCountOf: ClassHelpParts['hintsOf'];
  readonly webhookSender: WebhookSender;
  readonly log: Log;
  readonly nowMs: () => number;
}

/** What a class is made of, on this database. */
export function classParts({
  database,
  logins,
  loginConnections,
  sessions,
  careRounds,
  careCourse,
  warmPlans,
  capacity,
  passphrases,
  course,
  stuckAfterMs,
  audit,
  hintCountOf,
  webhookSender,
  log,
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
  const live = new LiveClasses({
    enrolments,
    progress: new SqliteProgressStore(database),
    sessions,
    trials: new SqliteTrialStore(database),
    hands: help.hands,
    course,
    rules: {
      stuck: stuckRule(stuckAfterMs),
      checksOf: (id) => course.exercises.find((exercise) => exercise.id === id)?.checks.length ?? 0,
    },
    nowMs,
  });
  const onRosterChange: ClassHelp['rosterChanged'] = (cohortId) => {
    help.rosterChanged(cohortId);
    live.rosterChanged(cohortId);
  };
  const apiTokenStore = new SqliteApiTokenStore(database);
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
    live,
    apiTokenStore,
    apiTokens: new ApiTokens({ store: apiTokenStore, cohorts, newToken: randomToken, ...shared }),
    grades: new SqliteGradeStore(database),
    webhooks: new Webhooks({
      store: new SqliteWebhookStore(database),
      sender: webhookSender,
      newSecret: () => webhookSecret(randomBytes(32)),
      nowMs,
      log,
    }),
    instructorStore,
    cohortStore,
    enrolments,
    cohorts,
    help,
    cohortCapacity: new CohortCapacity({ sessions, warmPlans, enrolments, report: capacity, nowMs }),
    care: new CohortCare({ rounds: careRounds, sessions, cohorts, enrolments, course: careCourse, nowMs }),
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
      onCohortGone: (cohortId) => {
        careRounds.forget(cohortId);
        warmPlans.forget(cohortId);
      },
      ...shared,
    }),
  };
}
