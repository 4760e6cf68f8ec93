/** So many at a time; whoever is too many waits, first come, first served. */
export class Lane {
  readonly width: number;
  #busy = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.width = width;
  }

  /** Resolves when it is one's turn, to what ends it. */
  async turn(): Promise<() => void> {
    if (this.#busy >= this.width) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#busy++;
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#busy--;
      else next();
    };
  }
}
