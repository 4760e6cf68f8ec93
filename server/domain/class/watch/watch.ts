import {
  type KeyboardEnd,
  WATCH_LIMITS,
  type WatchEnd,
  type WatchId,
  type WatchKeyboard,
  type WatchView,
} from '#contract/class-watch.ts';
import type { CohortId, LearnerId } from '#contract/ids.ts';
import type { LabSession } from '../../lab-session.ts';
import type { TerminalWatcher } from '../../lab-terminals.ts';
import type { Instructor } from '../../stores.ts';

export interface Watcher {
  readonly instructor: Instructor;
  /** The login session that asked: its end ends the watching. */
  readonly loginId: string;
  readonly cohortId: CohortId;
}

export interface WatchOptions {
  readonly id: WatchId;
  readonly watcher: Watcher;
  readonly session: LabSession;
  readonly nowMs: () => number;
  /** After each change, with what has ended by it. */
  readonly onChange: (
    watch: Watch,
    ended: { readonly watching?: WatchEnd; readonly keyboard?: KeyboardEnd },
  ) => void;
}

const NO_KEYBOARD: WatchKeyboard = { state: 'none', why: null };

/**
 * One instructor at one learner's lab, from the question to the end. What has ended stays so: the next time begins with
 * another question.
 */
export class Watch implements TerminalWatcher {
  readonly id: WatchId;
  readonly watcher: Watcher;
  readonly session: LabSession;
  /** Whom the lab belonged to: consent is this learner's alone. */
  readonly learnerId: LearnerId;
  readonly #nowMs: () => number;
  readonly #onChange: WatchOptions['onChange'];
  #status: WatchView['status'];
  readonly #pages = new Set<(view: WatchView) => void>();
  readonly #terminals = new Set<() => void>();
  readonly #keyboardListeners = new Set<() => void>();
  #beganAtMs: number | null = null;
  #pageLeftAtMs: number;
  #learnerSeenAtMs: number;

  constructor(options: WatchOptions) {
    this.id = options.id;
    this.watcher = options.watcher;
    this.session = options.session;
    this.learnerId = options.session.learnerId;
    this.#nowMs = options.nowMs;
    this.#onChange = options.onChange;
    this.#pageLeftAtMs = this.#nowMs();
    this.#learnerSeenAtMs = this.#nowMs();
    this.#status = { state: 'asked', expiresAtMs: this.#nowMs() + WATCH_LIMITS.questionMs };
  }

  get name(): string {
    return this.watcher.instructor.name;
  }
  get status(): WatchView['status'] {
    return this.#status;
  }
  get isOver(): boolean {
    return this.#status.state === 'over';
  }
  /** `null` where it never came to that. */
  get beganAtMs(): number | null {
    return this.#beganAtMs;
  }
  get keyboard(): WatchKeyboard {
    return this.#status.state === 'on' ? this.#status.keyboard : NO_KEYBOARD;
  }
  get terminals(): number {
    return this.#terminals.size;
  }
  hasKeyboard(): boolean {
    return this.keyboard.state === 'has';
  }

  view(): WatchView {
    return {
      id: this.id,
      labSession: this.session.id,
      status: this.#status,
      isLearnerThere: this.session.isWatched,
    };
  }

  /** The answer is yes; does nothing unless the question is open. */
  begin(byPolicy: boolean): void {
    if (this.#status.state !== 'asked') return;
    this.#beganAtMs = this.#nowMs();
    this.#status = { state: 'on', sinceMs: this.#beganAtMs, byPolicy, keyboard: NO_KEYBOARD };
    this.#changed({});
  }

  /** Closes the watcher's terminals and tells its pages. Idempotent. */
  end(why: WatchEnd): void {
    if (this.isOver) return;
    if (this.hasKeyboard()) this.dropKeyboard(why === 'instructor' ? 'instructor' : 'learner');
    this.#status = { state: 'over', why };
    for (const close of [...this.#terminals]) close();
    this.#changed({ watching: why });
  }

  askForKeyboard(): void {
    if (this.#status.state !== 'on' || this.keyboard.state !== 'none') return;
    this.#setKeyboard({ state: 'asked', expiresAtMs: this.#nowMs() + WATCH_LIMITS.questionMs });
  }

  /** The learner hands it over; does nothing unless that was asked. */
  giveKeyboard(): void {
    if (this.keyboard.state !== 'asked') return;
    this.#learnerSeenAtMs = this.#nowMs();
    this.#setKeyboard({ state: 'has', sinceMs: this.#nowMs() });
  }

  /** Ends the question or the typing. Idempotent. */
  dropKeyboard(why: KeyboardEnd): void {
    if (this.keyboard.state === 'none') return;
    this.#setKeyboard({ state: 'none', why }, why);
  }

  /** Ends what was waited for long enough. */
  tick(): void {
    const nowMs = this.#nowMs();
    const { status } = this;
    if (this.session.isWatched) this.#learnerSeenAtMs = nowMs;
    if (this.session.status.state === 'closed') this.end('lab-closed');
    else if (status.state === 'asked' && nowMs >= status.expiresAtMs) this.end('expired');
    else if (this.#pages.size === 0 && nowMs - this.#pageLeftAtMs >= WATCH_LIMITS.awayMs) this.end('away');
    if (this.keyboard.state === 'asked' && nowMs >= this.keyboard.expiresAtMs) this.dropKeyboard('expired');
    else if (nowMs - this.#learnerSeenAtMs >= WATCH_LIMITS.awayMs) this.dropKeyboard('away');
  }

  /** A page of the watcher, told at once and after each change. @returns to be called when it goes */
  join(page: (view: WatchView) => void): () => void {
    this.#pages.add(page);
    page(this.view());
    return () => {
      this.#pages.delete(page);
      this.#pageLeftAtMs = this.#nowMs();
    };
  }

  /** A terminal of the watcher, closed when the watching ends. @returns to be called when it closes by itself */
  hold(close: () => void): () => void {
    this.#terminals.add(close);
    return () => this.#terminals.delete(close);
  }

  onKeyboard(listener: () => void): () => void {
    this.#keyboardListeners.add(listener);
    return () => this.#keyboardListeners.delete(listener);
  }

  /** Tells the watcher's pages where things stand. */
  tellPages(): void {
    const view = this.view();
    for (const page of [...this.#pages]) page(view);
  }

  #setKeyboard(keyboard: WatchKeyboard, why?: KeyboardEnd): void {
    if (this.#status.state !== 'on') return;
    const had = this.hasKeyboard();
    this.#status = { ...this.#status, keyboard };
    if (had !== this.hasKeyboard()) for (const listener of this.#keyboardListeners) listener();
    this.#changed(why === undefined ? {} : { keyboard: why });
  }

  #changed(ended: Parameters<WatchOptions['onChange']>[1]): void {
    this.tellPages();
    this.#onChange(this, ended);
  }
}
