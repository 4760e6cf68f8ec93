import type { ExerciseProgress } from '#contract/api.ts';
import type { ClassLiveEvent, LearnerChange, LiveHand, LiveLearner } from '#contract/class-live.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { LabSession } from '../../lab-session.ts';
import type { EnrolmentOnRoster } from '../class-stores.ts';
import { changeOf } from './learner-change.ts';
import { type LiveRules, liveLearner } from './live-learner.ts';
import type { WatchedSession } from './watched-sessions.ts';

/** An instructor's page. */
export interface LiveViewer {
  /** Whether it keeps up. One that does not gets nothing until it has, and then the whole again. */
  keepsUp(): boolean;
  send(event: ClassLiveEvent): void;
}

export interface LiveClassParts {
  readonly roster: () => readonly EnrolmentOnRoster[];
  readonly progressOf: (learnerId: LearnerId) => ReadonlyMap<string, ExerciseProgress>;
  readonly sessionsOf: (learnerId: LearnerId) => readonly LabSession[];
  readonly watched: (session: LabSession) => WatchedSession;
  readonly handOf: (learnerId: LearnerId) => LiveHand | null;
  readonly course: Pick<Extract<ClassLiveEvent, { type: 'class' }>, 'exercises' | 'labs'>;
  readonly rules: LiveRules;
  readonly nowMs: () => number;
}

/** Changes of a whole class go out no more often, */
const FLUSH_EVERY_MS = 250;
/** after so long for what comes together, */
const GATHER_MS = 30;
/** and of so many learners at a time. */
const LEARNERS_PER_FLUSH = 60;
const LEARNERS_PER_PIECE = 50;
/** Who is on the roster, when they were last here, and what only time brings about. */
const LOOK_EVERY_MS = 5_000;

/** One class as long as somebody looks at it: what was told of every learner, and what has to be told next. */
export class LiveClass implements Disposable {
  readonly #parts: LiveClassParts;
  readonly #viewers = new Map<LiveViewer, { isBehind: boolean }>();
  readonly #told = new Map<LearnerId, LiveLearner>();
  readonly #progress = new Map<LearnerId, ReadonlyMap<string, ExerciseProgress>>();
  readonly #changed = new Set<LearnerId>();
  readonly #looking: NodeJS.Timeout;
  #enrolments = new Map<LearnerId, EnrolmentOnRoster>();
  #flushing: NodeJS.Timeout | null = null;
  #flushedAtMs = 0;

  constructor(parts: LiveClassParts) {
    this.#parts = parts;
    this.#readRoster();
    for (const id of this.#enrolments.keys()) this.#tell(id);
    this.#looking = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  has(learnerId: LearnerId): boolean {
    return this.#enrolments.has(learnerId);
  }

  /** What is known of them may be out of date. */
  touch(learnerId: LearnerId): void {
    this.#progress.delete(learnerId);
    this.#mark(learnerId);
  }

  /** Everything may be out of date: asks who is there, too. */
  look(): void {
    this.#readRoster();
    for (const id of [...this.#enrolments.keys(), ...this.#told.keys()]) this.#mark(id);
  }

  /** Sends the whole, then every change. @returns how to say that it keeps up again, and how to end it */
  join(viewer: LiveViewer): { readonly caughtUp: () => void; readonly leave: () => void } {
    const state = { isBehind: false };
    this.#viewers.set(viewer, state);
    this.#sendWhole(viewer);
    return {
      caughtUp: () => {
        if (!state.isBehind || !this.#viewers.has(viewer)) return;
        state.isBehind = false;
        this.#sendWhole(viewer);
      },
      leave: () => void this.#viewers.delete(viewer),
    };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#looking);
    if (this.#flushing !== null) clearTimeout(this.#flushing);
  }

  #readRoster(): void {
    this.#enrolments = new Map(this.#parts.roster().map((enrolment) => [enrolment.id, enrolment]));
  }

  #mark(learnerId: LearnerId): void {
    this.#changed.add(learnerId);
    if (this.#flushing !== null) return;
    const restMs = this.#flushedAtMs + FLUSH_EVERY_MS - performance.now();
    this.#flushing = setTimeout(() => this.#flush(), Math.max(restMs, GATHER_MS));
  }

  #flush(): void {
    this.#flushing = null;
    this.#flushedAtMs = performance.now();
    const changes: LearnerChange[] = [];
    const gone: LearnerId[] = [];
    for (const id of this.#changed) {
      if (changes.length + gone.length >= LEARNERS_PER_FLUSH) break;
      this.#changed.delete(id);
      const change = this.#enrolments.has(id) ? this.#tell(id) : null;
      if (change !== null) changes.push(change);
      else if (!this.#enrolments.has(id) && this.#forget(id)) gone.push(id);
    }
    const [next] = this.#changed;
    if (next !== undefined) this.#mark(next);
    if (changes.length + gone.length > 0) this.#send({ type: 'changes', changes, gone });
  }

  #send(event: ClassLiveEvent): void {
    for (const [viewer, state] of this.#viewers) {
      state.isBehind ||= !viewer.keepsUp();
      if (!state.isBehind) viewer.send(event);
    }
  }

  #sendWhole(viewer: LiveViewer): void {
    const { course, nowMs } = this.#parts;
    viewer.send({ type: 'class', nowMs: nowMs(), ...course });
    const learners = [...this.#told.values()];
    for (let from = 0; from === 0 || from < learners.length; from += LEARNERS_PER_PIECE) {
      const to = from + LEARNERS_PER_PIECE;
      viewer.send({ type: 'learners', learners: learners.slice(from, to), more: to < learners.length });
    }
  }

  /** Brings a learner up to date. @returns what has to be told */
  #tell(id: LearnerId): LearnerChange | null {
    const enrolment = this.#enrolments.get(id);
    if (enrolment === undefined) return null;
    const { sessionsOf, watched, handOf, rules, nowMs } = this.#parts;
    const sessions = sessionsOf(id).map((session) => ({
      ...watched(session),
      view: session.view(),
      connections: session.connections,
    }));
    const { name, joinedAtMs, lastSeenAtMs } = enrolment;
    const facts = { id, name, joinedAtMs, lastSeenAtMs, sessions, hand: handOf(id) };
    const now = liveLearner({ ...facts, progress: this.#progressOf(id) }, rules, nowMs());
    const change = changeOf(this.#told.get(id), now);
    this.#told.set(id, now);
    return change;
  }

  #progressOf(id: LearnerId): ReadonlyMap<string, ExerciseProgress> {
    const known = this.#progress.get(id) ?? this.#parts.progressOf(id);
    this.#progress.set(id, known);
    return known;
  }

  #forget(id: LearnerId): boolean {
    this.#progress.delete(id);
    return this.#told.delete(id);
  }
}
