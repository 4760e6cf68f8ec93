import type { LabEvent } from '#contract/api.ts';
import type { LabSession } from './lab-session.ts';
import type { Attempt } from './stores.ts';

/** Hears of every lab session of every learner, whether its page is open or not. Quick, and never throws. */
export interface SessionObserver {
  /** What its pages are told: state, verdict, nodes, progress … */
  heard(session: LabSession, event: LabEvent): void;
  /** A page or terminal has come or gone. */
  visited(session: LabSession): void;
  /** Its learner types. */
  worked(session: LabSession): void;
  /** A grading went on record. */
  attempted(session: LabSession, attempt: Attempt): void;
  /** It is closed; nothing follows. */
  gone(session: LabSession): void;
}

/** Passes on what is observed to as many as want to know. */
export class SessionObservers implements SessionObserver {
  readonly #observers = new Set<SessionObserver>();

  /** @returns ends it */
  add(observer: SessionObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  heard(session: LabSession, event: LabEvent): void {
    for (const observer of this.#observers) observer.heard(session, event);
  }
  visited(session: LabSession): void {
    for (const observer of this.#observers) observer.visited(session);
  }
  worked(session: LabSession): void {
    for (const observer of this.#observers) observer.worked(session);
  }
  attempted(session: LabSession, attempt: Attempt): void {
    for (const observer of this.#observers) observer.attempted(session, attempt);
  }
  gone(session: LabSession): void {
    for (const observer of this.#observers) observer.gone(session);
  }
}
