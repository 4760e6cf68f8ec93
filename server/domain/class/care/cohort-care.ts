import type {
  CareCourse,
  CareEvent,
  CareProgress,
  CareRequest,
  CareRound as CareRoundOnPage,
  CareTargets,
  NewCareRound,
} from '#contract/class-care.ts';
import { EXTEND_MAX_MS } from '#contract/class-care.ts';
import type { LocalizedText } from '#contract/language.ts';
import { type CareItem, type CareSubject, newItem } from '../../care-item.ts';
import type { CareRoundView } from '../../care-round.ts';
import type { CareRounds } from '../../care-rounds.ts';
import type { CareAction } from '../../lab-care.ts';
import { LabError } from '../../lab-error.ts';
import type { LabSessions } from '../../lab-sessions.ts';
import type { Instructor } from '../../stores.ts';
import type { Cohort, Enrolment, EnrolmentStore } from '../class-stores.ts';
import type { Cohorts } from '../cohorts.ts';
import { plainText } from '../help/plain-text.ts';

export interface CohortCareParts {
  readonly rounds: CareRounds;
  readonly sessions: Pick<LabSessions, 'listOf'>;
  readonly cohorts: Pick<Cohorts, 'learner'>;
  readonly enrolments: Pick<EnrolmentStore, 'get' | 'roster'>;
  readonly course: CareCourse;
  readonly nowMs: () => number;
}

/** Rounds that are over, as a page gets them. */
const PAST_SHOWN = 10;

/** Care for the labs of a cohort's learners: whose labs a round may be for is decided here. */
export class CohortCare {
  readonly #parts: CohortCareParts;

  constructor(parts: CohortCareParts) {
    this.#parts = parts;
  }

  get course(): CareCourse {
    return this.#parts.course;
  }

  /** @throws {LabError} LEARNER_UNKNOWN, EXERCISE_UNKNOWN, REQUEST_INVALID, TOO_MANY_REQUESTS */
  start(cohort: Cohort, by: Instructor, asked: NewCareRound): CareRoundOnPage {
    const action = this.#action(asked.action);
    const items = this.#learners(cohort, asked.targets).flatMap(({ learner, labSessions }) =>
      this.#itemsOf(learner, labSessions, asked.action, action),
    );
    if (items.length === 0) throw new LabError('LEARNER_UNKNOWN', `nobody is in cohort ${cohort.id}`);
    const reason = plainText(asked.reason ?? '').replaceAll('\n', ' ') || null;
    const carer = { name: by.name, reason };
    return this.#shown(
      this.#parts.rounds.start({ id: asked.id, scope: cohort.id, by: carer, action, items }),
    );
  }

  /** Whether a round of this name exists already. */
  has(cohort: Cohort, id: string): boolean {
    return this.#parts.rounds.list(cohort.id).some((round) => round.id === id);
  }

  /** Newest first: what is not over, and the last ones that are. */
  list(cohort: Cohort): CareRoundOnPage[] {
    let past = 0;
    return this.#parts.rounds
      .list(cohort.id)
      .filter(({ endedAtMs }) => endedAtMs === null || past++ < PAST_SHOWN)
      .map((round) => this.#shown(round));
  }

  /** @throws {LabError} NOT_FOUND */
  cancel(cohort: Cohort, id: string): void {
    this.#parts.rounds.get(cohort.id, id).cancel();
  }

  /** Sends the whole at once, then what changes, until the returned function is called. */
  watch(cohort: Cohort, send: (event: CareEvent) => void): () => void {
    const told = new Map(this.#parts.rounds.list(cohort.id).map((round) => [round.id, round]));
    send({ type: 'rounds', rounds: this.list(cohort) });
    return this.#parts.rounds.watch(cohort.id, (round) => {
      const before = told.get(round.id);
      told.set(round.id, round);
      if (before === undefined) send({ type: 'round', round: this.#shown(round) });
      else send({ type: 'progress', ...this.#progress(before, round) });
    });
  }

  #action(asked: CareRequest): CareAction {
    if (asked.type === 'prepare') {
      const exercise = this.#parts.course.exercises.find(({ id }) => id === asked.exercise);
      if (exercise === undefined) throw new LabError('EXERCISE_UNKNOWN', `no exercise ${asked.exercise}`);
      const { id, title, lab } = exercise;
      return { type: 'prepare', exercise: id, title, lab };
    }
    if (asked.type !== 'extend') return asked;
    const aheadMs = asked.untilMs - this.#parts.nowMs();
    if (aheadMs <= 0 || aheadMs > EXTEND_MAX_MS)
      throw new LabError('CARE_TIME_INVALID', 'labs are kept until a time within a week');
    return asked;
  }

  /** @throws {LabError} LEARNER_UNKNOWN for whoever is not in this cohort */
  #learners(cohort: Cohort, targets: CareTargets) {
    const { cohorts, enrolments } = this.#parts;
    if (targets === 'all')
      return enrolments.roster(cohort.id).map((learner) => ({ learner, labSessions: null }));
    const asked = new Map(targets.map((target) => [target.learner, target]));
    return [...asked.values()].map(({ learner, labSessions }) => ({
      learner: cohorts.learner(cohort, learner),
      labSessions,
    }));
  }

  #itemsOf(
    { id, joinedAtMs }: Enrolment,
    chosen: readonly string[] | null,
    asked: CareRequest,
    action: CareAction,
  ): CareItem[] {
    const open = this.#parts.sessions.listOf(id);
    const isMeant = (lab: string): boolean => action.type !== 'prepare' || action.lab === lab;
    const meant = open.filter((one) => isMeant(one.definition.id) && (chosen?.includes(one.id) ?? true));
    const none: CareSubject = { learnerId: id, labSessionId: null, labId: null };
    if (meant.length > 0)
      return meant.map((session) =>
        newItem({ learnerId: id, labSessionId: session.id, labId: session.definition.id }, null),
      );
    if (joinedAtMs === null) return [newItem(none, 'LEARNER_NOT_JOINED_YET')];
    // Those that were chosen have been closed since the page read of them.
    if (chosen !== null) return [newItem(none, 'LAB_SESSION_UNKNOWN')];
    if (action.type !== 'prepare' || asked.type !== 'prepare' || !asked.startMissing)
      return [newItem(none, 'LEARNER_HAS_NO_LAB')];
    return [newItem({ ...none, labId: action.lab }, null)];
  }

  #shown({ id, action, by, state, items, askedAtMs, endedAtMs }: CareRoundView): CareRoundOnPage {
    return {
      id,
      action: requestOf(action, items),
      title: action.type === 'prepare' ? action.title : null,
      by: by.name,
      reason: by.reason,
      state,
      items: items.map((item) => ({
        learner: item.learnerId,
        name: this.#parts.enrolments.get(item.learnerId)?.name ?? null,
        ...this.#changing(item),
      })),
      askedAtMs,
      endedAtMs,
    };
  }

  #progress(before: CareRoundView, { id, state, endedAtMs, items }: CareRoundView): CareProgress {
    const changed = [...items.entries()].filter(([at, item]) => before.items[at] !== item);
    return {
      id,
      state,
      endedAtMs,
      items: changed.map(([at, item]) => ({ at, ...this.#changing(item) })),
    };
  }

  #changing({ labSessionId, labId, state, problem, tookMs }: CareItem) {
    return { labSession: labSessionId, title: this.#titleOf(labId), state, problem, tookMs };
  }

  #titleOf(labId: string | null): LocalizedText | null {
    return this.#parts.course.labs.find(({ id }) => id === labId)?.title ?? null;
  }
}

function requestOf(action: CareAction, items: readonly CareItem[]): CareRequest {
  if (action.type !== 'prepare') return action;
  // Whether labs were to be started shows in what became of those who had none.
  const startMissing = !items.some(({ problem }) => problem?.code === 'LEARNER_HAS_NO_LAB');
  return { type: 'prepare', exercise: action.exercise, startMissing };
}
