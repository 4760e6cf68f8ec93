import { type ClassShow, ShowId } from '#contract/class-watch.ts';
import type { CohortId, InstructorId } from '#contract/ids.ts';
import type { AuditTrail } from '../../audit-trail.ts';
import { LabError } from '../../lab-error.ts';
import type { LabSession } from '../../lab-session.ts';
import type { LoginConnections } from '../../login-connections.ts';
import type { Cohort } from '../class-stores.ts';
import { type Guest, Show } from './show.ts';
import type { Watcher } from './watch.ts';

export interface ShowsParts {
  readonly isLedBy: (cohortId: CohortId, instructorId: InstructorId) => boolean;
  readonly loginConnections: LoginConnections;
  readonly audit: Pick<AuditTrail, 'record'>;
  /** What a class is shown has changed. */
  readonly onChange: (cohortId: CohortId) => void;
  readonly newId: (length: number) => string;
  readonly nowMs: () => number;
}

interface Kept {
  readonly show: Show;
  readonly letGo: () => void;
}

/** What instructors show to their classes: one lab to a class, one class to a lab. Ends with the login and the lab. */
export class Shows {
  readonly #parts: ShowsParts;
  readonly #kept = new Map<CohortId, Kept>();

  constructor(parts: ShowsParts) {
    this.#parts = parts;
  }

  of(cohortId: CohortId): ClassShow | null {
    return this.#kept.get(cohortId)?.show.view() ?? null;
  }

  /** The instructor's own lab takes the place of what they showed before. @throws {LabError} SHOW_RUNNING */
  start(cohort: Pick<Cohort, 'id' | 'name'>, by: Watcher, session: LabSession): void {
    const present = this.#kept.get(cohort.id)?.show;
    if (present !== undefined && present.by.instructor.id !== by.instructor.id)
      throw new LabError('SHOW_RUNNING', `${present.name} shows a lab`, { params: { name: present.name } });
    if (present?.session === session) return;
    this.stop(cohort.id);
    for (const { show } of [...this.#kept.values()]) if (show.session === session) this.stop(show.cohort.id);
    const { newId, nowMs, loginConnections } = this.#parts;
    const show = new Show({ id: ShowId.parse(`s${newId(15)}`), by, cohort, session, nowMs: nowMs() });
    const signedOut = loginConnections.hold(by.loginId, () => this.stop(cohort.id));
    const unhear = session.overhear((event) => {
      if (event.type === 'session' && event.session.status.state === 'closed') this.stop(cohort.id);
    });
    const letGo = (): void => {
      signedOut();
      unhear();
    };
    this.#kept.set(cohort.id, { show, letGo });
    this.#record('show', show);
    this.#parts.onChange(cohort.id);
  }

  /** Idempotent. */
  stop(cohortId: CohortId): void {
    const kept = this.#kept.get(cohortId);
    if (kept === undefined) return;
    this.#kept.delete(cohortId);
    kept.letGo();
    kept.show.end();
    this.#record('show-end', kept.show);
    this.#parts.onChange(cohortId);
  }

  /** What this class is shown now, for a learner of it. @throws {LabError} SHOW_OVER */
  seenBy(cohortId: CohortId): Show {
    const show = this.#kept.get(cohortId)?.show;
    if (show === undefined) throw new LabError('SHOW_OVER', `cohort ${cohortId} is shown nothing`);
    return show;
  }

  /** Whoever has got a ticket for it. @throws {LabError} SHOW_OVER */
  guest(id: string): Guest {
    const kept = [...this.#kept.values()].find(({ show }) => show.id === id);
    if (kept === undefined) throw new LabError('SHOW_OVER', `show ${id} is over`);
    return kept.show;
  }

  /** Ends what is no longer allowed. To be called about once a second. */
  tick(): void {
    for (const { show } of [...this.#kept.values()])
      if (!this.#parts.isLedBy(show.cohort.id, show.by.instructor.id)) this.stop(show.cohort.id);
  }

  #record(event: 'show' | 'show-end', { by, cohort, session }: Show): void {
    const target = `${cohort.id}/${session.id}`;
    const who = { actor: by.instructor.id, target, address: null, detail: null };
    this.#parts.audit.record({ event, outcome: 'done', ...who });
  }
}
