/** One open terminal, whoever serves it: the product's server or a baseline. */
export interface TerminalLink extends AsyncDisposable {
  type(text: string): void;
  /** All output, in order, as it arrives; one listener at a time. What arrived before is handed over first. */
  listen(onBytes: ((bytes: Uint8Array) => void) | null): void;
}

/** Output that came while nobody listened is kept up to this: enough for a greeting and a prompt. */
const KEPT_BYTES = 256 * 1024;

/** The listening half of a link. */
export class OutputPort {
  #listener: ((bytes: Uint8Array) => void) | null = null;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  push(bytes: Uint8Array): void {
    if (this.#listener !== null) {
      this.#listener(bytes);
      return;
    }
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    while (this.#waitingBytes > KEPT_BYTES) this.#waitingBytes -= this.#waiting.shift()?.length ?? 0;
  }

  listen(onBytes: ((bytes: Uint8Array) => void) | null): void {
    this.#listener = onBytes;
    if (onBytes === null) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (const bytes of waiting) onBytes(bytes);
  }
}
