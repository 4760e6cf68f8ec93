import type { CohortId, LearnerId } from '#contract/ids.ts';
import type { LabSessions } from '../../lab-sessions.ts';
import type { ProgressStore } from '../../stores.ts';
import type { Cohort, EnrolmentStore } from '../class-stores.ts';
import type { HandsRaised } from '../help/raised-hands.ts';
import { LiveClass, type LiveClassParts, type LiveViewer } from './live-class.ts';
import type { LiveRules } from './live-learner.ts';
import { type TrialStore, WatchedSessions } from './watched-sessions.ts';

export interface LiveClassesParts {
  readonly enrolments: Pick<EnrolmentStore, 'roster'>;
  readonly progress: Pick<ProgressStore, 'progress'>;
  readonly sessions: Pick<LabSessions, 'listOf'>;
  readonly trials: TrialStore;
  readonly hands: HandsRaised;
  readonly course: LiveClassParts['course'];
  readonly rules: LiveRules;
  readonly nowMs: () => number;
}

/** The class views that are open, one for all who look at the same class. */
export class LiveClasses {
  /** Observes the lab sessions; whoever puts the parts together adds it to their observers. */
  readonly watched: WatchedSessions;
  readonly #parts: LiveClassesParts;
  readonly #open = new Map<CohortId, LiveClass>();

  constructor(parts: LiveClassesParts) {
    this.#parts = parts;
    this.watched = new WatchedSessions({
      store: parts.trials,
      rule: parts.rules.stuck,
      nowMs: parts.nowMs,
      onChange: (learnerId) => this.touch(learnerId),
    });
    parts.hands.onChange((cohortId) => this.#open.get(cohortId)?.look());
  }

  /** Somebody has come, gone, or got another name. */
  rosterChanged(cohortId: CohortId): void {
    this.#open.get(cohortId)?.look();
  }

  /** What is shown of this learner may be out of date. */
  touch(learnerId: LearnerId): void {
    for (const live of this.#open.values()) if (live.has(learnerId)) live.touch(learnerId);
  }

  /** Sends the whole class first. The last one who leaves ends the work for it. */
  join(cohort: Cohort, viewer: LiveViewer): ReturnType<LiveClass['join']> {
    const live = this.#open.get(cohort.id) ?? this.#begin(cohort);
    const { caughtUp, leave } = live.join(viewer);
    return {
      caughtUp,
      leave: () => {
        leave();
        if (live.viewers > 0 || this.#open.get(cohort.id) !== live) return;
        live[Symbol.dispose]();
        this.#open.delete(cohort.id);
      },
    };
  }

  #begin({ id }: Cohort): LiveClass {
    const { enrolments, progress, sessions, hands, course, rules, nowMs } = this.#parts;
    const live = new LiveClass({
      roster: () => enrolments.roster(id),
      progressOf: (learnerId) => progress.progress(learnerId),
      sessionsOf: (learnerId) => sessions.listOf(learnerId),
      watched: (session) => this.watched.of(session.id),
      handOf: (learnerId) => hands.of({ id: learnerId, cohortId: id }),
      course,
      rules,
      nowMs,
    });
    this.#open.set(id, live);
    return live;
  }
}
