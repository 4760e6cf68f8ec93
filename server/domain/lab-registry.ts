import type { LearnerId } from '#contract/ids.ts';
import { LabError } from './lab-error.ts';
import type { LabParts } from './lab-parts.ts';
import { LabSession, type LabSessionOptions } from './lab-session.ts';
import { SessionObservers } from './session-observer.ts';

type SessionFacts = Pick<
  LabSessionOptions,
  | 'id'
  | 'learnerId'
  | 'definition'
  | 'createdAtMs'
  | 'generation'
  | 'activeExercise'
  | 'conditions'
  | 'keepUntilMs'
>;

/** The lab sessions that are open, each kept in the store with every change of its state. */
export class LabRegistry {
  /** Whoever wants to know what happens at all of them. */
  readonly observers = new SessionObservers();
  readonly #parts: LabParts;
  readonly #sessions = new Map<string, LabSession>();

  constructor(parts: LabParts) {
    this.#parts = parts;
  }

  add(facts: SessionFacts): LabSession {
    const { clock, terminals, progress, store } = this.#parts;
    const session = new LabSession({
      ...facts,
      nowMs: () => clock.nowMs(),
      terminals: (id) => terminals.list(id),
      progress,
      onChange: (changed) => store.save(changed.stored(), clock.nowMs()),
      observer: this.observers,
    });
    this.#sessions.set(session.id, session);
    return session;
  }

  remove(session: LabSession): void {
    this.#sessions.delete(session.id);
    this.observers.gone(session);
  }

  /** @throws {LabError} LAB_SESSION_UNKNOWN also for the session of somebody else: its existence is not told */
  get(id: string, learnerId: LearnerId): LabSession {
    const session = this.#sessions.get(id);
    if (session === undefined || session.learnerId !== learnerId) {
      throw new LabError('LAB_SESSION_UNKNOWN', `no lab session ${id} of learner ${learnerId}`);
    }
    return session;
  }

  /** Newest first. */
  listOf(learnerId: LearnerId): LabSession[] {
    return this.all()
      .filter((session) => session.learnerId === learnerId)
      .sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  all(): LabSession[] {
    return [...this.#sessions.values()];
  }
}
