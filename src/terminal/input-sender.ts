import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';

const INTERRUPT = '\x03';

/** Cuts input into frames and sends no more ahead than the shell's tty has taken, however long the paste. */
export class InputSender {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #encoder = new TextEncoder();
  #queue: Uint8Array[] = [];
  #sentBytes = 0;
  #takenBytes = 0;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  /** A new connection: both ends count from zero, and what waited is lost like keys typed without one. */
  begin(): void {
    this.#queue = [];
    this.#sentBytes = 0;
    this.#takenBytes = 0;
  }

  push(text: string): void {
    if (text === INTERRUPT) this.#queue = [];
    this.#enqueue(this.#encoder.encode(text));
  }

  /** One character per byte, as xterm reports mouse events in its oldest encoding. */
  pushBinary(text: string): void {
    this.#enqueue(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  }

  taken(inputBytes: number): void {
    this.#takenBytes = Math.max(this.#takenBytes, inputBytes);
    this.#pump();
  }

  #enqueue(bytes: Uint8Array): void {
    const { inputChunkBytes } = TERMINAL_LIMITS;
    for (let at = 0; at < bytes.length; at += inputChunkBytes) {
      this.#queue.push(bytes.subarray(at, at + inputChunkBytes));
    }
    this.#pump();
  }

  #pump(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (this.#sentBytes - this.#takenBytes + next.length > TERMINAL_LIMITS.inputWindowBytes) return;
      this.#queue.shift();
      this.#sentBytes += next.length;
      this.#send(next);
    }
  }
}
