import type { ClassShow, ShowId } from '#contract/class-watch.ts';
import type { LearnerId } from '#contract/ids.ts';
import type { LabSession } from '../../lab-session.ts';
import type { TerminalWatcher } from '../../lab-terminals.ts';
import type { Cohort } from '../class-stores.ts';
import type { Watcher } from './watch.ts';

/** Somebody who looks at a lab that is not theirs. */
export interface Guest extends TerminalWatcher {
  /** A terminal of theirs, closed when they may look no longer. @returns to be called when it closes by itself */
  hold(close: () => void): () => void;
}

type Page = (show: ClassShow | null) => void;

/** An instructor's own lab, shown to a class, from its beginning to its end. Nobody types in it but its owner. */
export class Show implements Guest {
  readonly id: ShowId;
  readonly by: Watcher;
  readonly cohort: Pick<Cohort, 'id' | 'name'>;
  readonly session: LabSession;
  readonly #sinceMs: number;
  readonly #pages = new Map<Page, LearnerId>();
  readonly #terminals = new Set<() => void>();
  #isOver = false;

  constructor(options: {
    readonly id: ShowId;
    readonly by: Watcher;
    readonly cohort: Pick<Cohort, 'id' | 'name'>;
    readonly session: LabSession;
    readonly nowMs: number;
  }) {
    this.id = options.id;
    this.by = options.by;
    this.cohort = options.cohort;
    this.session = options.session;
    this.#sinceMs = options.nowMs;
    this.#tellOwner();
  }

  get name(): string {
    return this.by.instructor.name;
  }
  hasKeyboard(): boolean {
    return false;
  }
  onKeyboard(): () => void {
    return () => {};
  }

  view(): ClassShow {
    const { title } = this.session.definition;
    return { id: this.id, by: this.name, title, sinceMs: this.#sinceMs };
  }

  /** A page of a learner, told at once, and `null` at the end. @returns to be called when it goes */
  join(learnerId: LearnerId, page: Page): () => void {
    this.#pages.set(page, learnerId);
    page(this.view());
    this.#tellOwner();
    return () => {
      if (this.#pages.delete(page) && !this.#isOver) this.#tellOwner();
    };
  }

  hold(close: () => void): () => void {
    this.#terminals.add(close);
    return () => this.#terminals.delete(close);
  }

  /** Closes what learners have open of it. */
  end(): void {
    this.#isOver = true;
    this.session.setWatch({ shownTo: null });
    for (const page of this.#pages.keys()) page(null);
    for (const close of [...this.#terminals]) close();
  }

  #tellOwner(): void {
    const viewers = new Set(this.#pages.values()).size;
    this.session.setWatch({ shownTo: { cohort: this.cohort.id, name: this.cohort.name, viewers } });
  }
}
