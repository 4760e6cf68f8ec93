import {
  type KeyboardEnd,
  type LabWatch,
  WATCH_LIMITS,
  type WatchEnd,
  WatchId,
} from '#contract/class-watch.ts';
import type { CohortId, InstructorId, LabSessionId, LearnerId } from '#contract/ids.ts';
import type { AuditEventName, AuditTrail } from '../../audit-trail.ts';
import { LabError } from '../../lab-error.ts';
import type { LabSession } from '../../lab-session.ts';
import type { LoginConnections } from '../../login-connections.ts';
import { Watch, type Watcher } from './watch.ts';

export interface WatchesParts {
  /** Whether this instructor still leads the class, and the learner is still in it. */
  readonly mayWatch: (instructorId: InstructorId, cohortId: CohortId, learnerId: LearnerId) => boolean;
  /** Whether the class lets its instructors watch without asking. */
  readonly isUnasked: (cohortId: CohortId) => boolean;
  readonly loginConnections: LoginConnections;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly newId: (length: number) => string;
  readonly nowMs: () => number;
}

/** What is typed just before the keyboard is taken back may arrive a little later. */
const ECHO_MS = 2_000;

interface Kept {
  readonly watch: Watch;
  readonly letGo: () => void;
}

/**
 * Who watches whose lab. Nothing of it outlives the server: after a restart everybody asks again. What is kept is the
 * audit trail's: who, whom, from when to when.
 */
export class Watches {
  readonly #parts: WatchesParts;
  readonly #kept = new Map<WatchId, Kept>();
  /** Labs whose learner has ended a watching that nobody had asked for: from then on one is asked. */
  readonly #mustAsk = new WeakSet<LabSession>();
  readonly #typedAtMs = new WeakMap<LabSession, number>();

  constructor(parts: WatchesParts) {
    this.#parts = parts;
  }

  /** Whether watching this lab would begin at once. */
  isUnasked(session: LabSession, cohortId: CohortId): boolean {
    return this.#parts.isUnasked(cohortId) && !this.#mustAsk.has(session);
  }

  /** Asks, or begins at once where the class allows it; whoever watches or asks already goes on. @throws {LabError} WATCHERS_LIMIT_REACHED */
  ask(watcher: Watcher, session: LabSession): Watch {
    const others = this.#at(session);
    const own = others.find((watch) => watch.watcher.loginId === watcher.loginId);
    if (own) return own;
    const params = { limit: WATCH_LIMITS.watchersPerLab };
    if (others.length >= WATCH_LIMITS.watchersPerLab)
      throw new LabError('WATCHERS_LIMIT_REACHED', `${others.length} watch ${session.id}`, { params });
    const watch = new Watch({
      id: WatchId.parse(`w${this.#parts.newId(15)}`),
      watcher,
      session,
      nowMs: this.#parts.nowMs,
      onChange: (changed, ended) => this.#changed(changed, ended),
    });
    const signedOut = this.#parts.loginConnections.hold(watcher.loginId, () => watch.end('not-allowed'));
    const unhear = session.overhear((event) => {
      if (event.type === 'session' && event.session.status.state === 'closed') watch.end('lab-closed');
    });
    const letGo = (): void => {
      signedOut();
      unhear();
    };
    this.#kept.set(watch.id, { watch, letGo });
    if (this.isUnasked(session, watcher.cohortId)) this.#begin(watch, true);
    else this.#show(session);
    return watch;
  }

  /** A watching of this login that is not over. @throws {LabError} WATCH_UNKNOWN */
  of(id: string, loginId: string): Watch {
    const watch = this.#find(id);
    if (watch?.watcher.loginId !== loginId)
      throw new LabError('WATCH_UNKNOWN', `no watch ${id} of this login`);
    return watch;
  }

  /** This login's at this lab, if there is one. */
  ofLogin(loginId: string, session: LabSession): Watch | null {
    return this.#at(session).find((watch) => watch.watcher.loginId === loginId) ?? null;
  }

  /** The learner's answer. @throws {LabError} WATCH_UNKNOWN */
  answer(session: LabSession, id: string, answer: 'allow' | 'decline'): void {
    const watch = this.#ofLab(session, id);
    if (watch.status.state !== 'asked') return;
    if (answer === 'allow') this.#begin(watch, false);
    else watch.end('declined');
  }

  /** The learner has had enough. @throws {LabError} WATCH_UNKNOWN */
  endByLearner(session: LabSession, id: string): void {
    const watch = this.#ofLab(session, id);
    this.#mustAsk.add(session);
    watch.end('learner');
  }

  /** @throws {LabError} LEARNER_AWAY, WATCH_UNKNOWN while the watching has not begun */
  askForKeyboard(watch: Watch): void {
    if (watch.status.state !== 'on') throw new LabError('WATCH_UNKNOWN', `watch ${watch.id} has not begun`);
    if (!watch.session.isWatched) throw new LabError('LEARNER_AWAY', `no page at ${watch.session.id}`);
    watch.askForKeyboard();
  }

  /** One has the keyboard at a time. @throws {LabError} WATCH_UNKNOWN */
  answerKeyboard(session: LabSession, id: string, answer: 'allow' | 'decline'): void {
    const watch = this.#ofLab(session, id);
    if (watch.keyboard.state !== 'asked') return;
    if (answer === 'decline') {
      watch.dropKeyboard('declined');
      return;
    }
    this.takeBack(session);
    watch.giveKeyboard();
    this.#record('keyboard', watch, 'done', null);
  }

  /** The learner takes the keyboard back, whoever has it. */
  takeBack(session: LabSession): void {
    for (const watch of this.#at(session)) if (watch.hasKeyboard()) watch.dropKeyboard('learner');
  }

  /** By any key, too. */
  learnerTyped(labSessionId: LabSessionId): void {
    for (const { watch } of this.#kept.values())
      if (watch.session.id === labSessionId && watch.hasKeyboard()) watch.dropKeyboard('learner');
  }

  /** Whether what a terminal of this lab says now may be a watcher's doing. */
  isTypedByWatcher(session: LabSession): boolean {
    const endedAtMs = this.#typedAtMs.get(session) ?? Number.NEGATIVE_INFINITY;
    return (
      this.#at(session).some((watch) => watch.hasKeyboard()) || this.#parts.nowMs() - endedAtMs < ECHO_MS
    );
  }

  /** Ends what has expired or is no longer allowed. To be called about once a second. */
  tick(): void {
    for (const { watch } of [...this.#kept.values()]) {
      const { instructor, cohortId } = watch.watcher;
      const { learnerId, session } = watch;
      const isOfPolicy = watch.status.state === 'on' && watch.status.byPolicy;
      const isAllowed =
        session.learnerId === learnerId &&
        this.#parts.mayWatch(instructor.id, cohortId, learnerId) &&
        (!isOfPolicy || this.#parts.isUnasked(cohortId));
      if (isAllowed) watch.tick();
      else watch.end('not-allowed');
    }
  }

  #begin(watch: Watch, byPolicy: boolean): void {
    watch.begin(byPolicy);
    this.#record('watch', watch, 'done', byPolicy ? 'policy' : 'consent');
  }

  #changed(watch: Watch, ended: { watching?: WatchEnd; keyboard?: KeyboardEnd }): void {
    if (ended.keyboard !== undefined) this.#keyboardEnded(watch, ended.keyboard);
    if (ended.watching !== undefined) this.#forget(watch, ended.watching);
    this.#show(watch.session);
  }

  #keyboardEnded(watch: Watch, why: KeyboardEnd): void {
    if (why === 'declined' || why === 'expired') {
      this.#record('keyboard', watch, 'refused', why);
      return;
    }
    this.#typedAtMs.set(watch.session, this.#parts.nowMs());
    this.#record('keyboard-end', watch, 'done', why);
  }

  #forget(watch: Watch, why: WatchEnd): void {
    this.#kept.get(watch.id)?.letGo();
    this.#kept.delete(watch.id);
    const { beganAtMs } = watch;
    if (beganAtMs === null) {
      this.#record('watch', watch, 'refused', why);
      return;
    }
    const seconds = Math.round((this.#parts.nowMs() - beganAtMs) / 1_000);
    this.#record('watch-end', watch, 'done', `${why} ${seconds} s`);
  }

  #show(session: LabSession): void {
    const watches = this.#at(session);
    const shown: Pick<LabWatch, 'questions' | 'watchers'> = {
      questions: watches.flatMap(({ id, name, status, keyboard }) => [
        ...(status.state === 'asked'
          ? [{ watch: id, by: name, about: 'watch' as const, expiresAtMs: status.expiresAtMs }]
          : []),
        ...(keyboard.state === 'asked'
          ? [{ watch: id, by: name, about: 'keyboard' as const, expiresAtMs: keyboard.expiresAtMs }]
          : []),
      ]),
      watchers: watches.flatMap((watch) => {
        const { id, name, status } = watch;
        if (status.state !== 'on') return [];
        const { sinceMs, byPolicy } = status;
        return [{ watch: id, by: name, sinceMs, byPolicy, hasKeyboard: watch.hasKeyboard() }];
      }),
    };
    session.setWatch(shown);
  }

  #at(session: LabSession): Watch[] {
    return [...this.#kept.values()].map(({ watch }) => watch).filter((watch) => watch.session === session);
  }

  #find(id: string): Watch | null {
    const parsed = WatchId.safeParse(id);
    return parsed.success ? (this.#kept.get(parsed.data)?.watch ?? null) : null;
  }

  #ofLab(session: LabSession, id: string): Watch {
    const watch = this.#find(id);
    if (watch?.session !== session) throw new LabError('WATCH_UNKNOWN', `no watch ${id} of ${session.id}`);
    return watch;
  }

  #record(event: AuditEventName, watch: Watch, outcome: 'done' | 'refused', detail: string | null): void {
    const { instructor, cohortId } = watch.watcher;
    const target = `${cohortId}/${watch.learnerId}/${watch.session.id}`;
    this.#parts.audit.record({ event, outcome, actor: instructor.id, target, address: null, detail });
  }
}
