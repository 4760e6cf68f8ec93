import type { HistoryEntry } from '#contract/swarm-history.ts';

/** What a burst adds within this time is told together. */
const GATHER_MS = 120;
/** More are told in several events, none of which is large. */
const MOST_AT_ONCE = 200;

/** Tells a page what was added to the history, in few events. */
export class HistoryNews implements Disposable {
  readonly #tell: (entries: readonly HistoryEntry[]) => void;
  #waiting: HistoryEntry[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (entries: readonly HistoryEntry[]) => void) {
    this.#tell = tell;
  }

  push(entries: readonly HistoryEntry[]): void {
    this.#waiting.push(...entries);
    while (this.#waiting.length >= MOST_AT_ONCE) this.#tell(this.#waiting.splice(0, MOST_AT_ONCE));
    if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  [Symbol.dispose](): void {
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length > 0) this.#tell(this.#waiting.splice(0));
  }
}
