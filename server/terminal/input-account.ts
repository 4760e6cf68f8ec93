import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';

const { inputChunkBytes, inputWindowBytes, takenEveryBytes } = TERMINAL_LIMITS;

/** Input of one connection: what has come, what the shell's tty took, and what the page knows of that. */
export class InputAccount {
  readonly #tell: (takenBytes: number) => void;
  #cameBytes = 0;
  #takenBytes = 0;
  #toldBytes = 0;

  constructor(tell: (takenBytes: number) => void) {
    this.#tell = tell;
  }

  /** `false` when the page is further ahead than it may be. */
  came(count: number): boolean {
    this.#cameBytes += count;
    return this.#cameBytes - this.#toldBytes <= inputWindowBytes + inputChunkBytes;
  }

  taken(count: number): void {
    this.#takenBytes += count;
    if (this.#takenBytes - this.#toldBytes < takenEveryBytes) return;
    this.#toldBytes = this.#takenBytes;
    this.#tell(this.#takenBytes);
  }
}
