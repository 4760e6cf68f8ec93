import type { LabEvent } from '#contract/api.ts';

export type LabListener = (event: LabEvent) => void;

/** A script that does the same wrong thing in a loop is told so once in this time. */
const REPEATED_NOTE_MS = 5_000;
/** Notes for a page that is not there yet; the oldest make room. */
const NOTES_KEPT = 5;

/** Who is at a lab session: pages that listen, terminals that hold it, and when somebody was last there. */
export class LabAudience {
  readonly #nowMs: () => number;
  readonly #onVisit: () => void;
  readonly #listeners = new Set<LabListener>();
  readonly #onlookers = new Set<LabListener>();
  #notes: LabEvent[] = [];
  #lastNote = { text: '', atMs: 0 };
  #connections = 0;
  #lastSeenAtMs: number;

  /** @param onVisit a page or terminal has come or gone */
  constructor(nowMs: () => number, onVisit: () => void) {
    this.#nowMs = nowMs;
    this.#onVisit = onVisit;
    this.#lastSeenAtMs = nowMs();
  }

  get connections(): number {
    return this.#connections;
  }
  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }
  get lastSeenAtMs(): number {
    return this.#lastSeenAtMs;
  }

  tell(event: LabEvent): void {
    for (const listener of this.#listeners) listener(event);
    for (const onlooker of this.#onlookers) onlooker(event);
  }

  /** For the pages that are there, else for the first one that comes. */
  note(event: LabEvent): void {
    const text = JSON.stringify(event);
    const atMs = this.#nowMs();
    if (this.#lastNote.text === text && atMs - this.#lastNote.atMs < REPEATED_NOTE_MS) return;
    this.#lastNote = { text, atMs };
    if (this.#listeners.size > 0) this.tell(event);
    else this.#notes = [...this.#notes, event].slice(-NOTES_KEPT);
  }

  /** @param state what a page must know first */
  join(listener: LabListener, state: readonly LabEvent[]): () => void {
    this.#listeners.add(listener);
    const release = this.hold();
    for (const event of [...state, ...this.#notes]) listener(event);
    this.#notes = [];
    return () => {
      this.#listeners.delete(listener);
      release();
    };
  }

  /** Hears every event, and does not count as being there: it keeps no lab awake and gets no notes. */
  overhear(onlooker: LabListener): () => void {
    this.#onlookers.add(onlooker);
    return () => this.#onlookers.delete(onlooker);
  }

  /** Counts a page or terminal as being there, until released. Releasing twice is harmless. */
  hold(): () => void {
    this.#connections++;
    this.touch();
    this.#onVisit();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#connections--;
      this.touch();
      this.#onVisit();
    };
  }

  touch(): void {
    this.#lastSeenAtMs = this.#nowMs();
  }
}
