import { TERMINAL_LIMITS, type TerminalResume } from '#contract/terminal-protocol.ts';

const FULL_RESET = new Uint8Array([0x1b, 0x63]);

/** What the feed needs of xterm's terminal. */
export interface OutputTarget {
  write(bytes: Uint8Array, onParsed?: () => void): void;
}

/**
 * Carries output into xterm and acknowledges what it has parsed. `write` returns before the bytes are parsed;
 * without acknowledgements a flood would pile up in the page.
 */
export class OutputFeed {
  readonly #target: OutputTarget;
  readonly #acknowledge: (offset: number) => void;
  #epoch: string | null = null;
  #receivedOffset = 0;
  #ackedOffset = 0;

  constructor(target: OutputTarget, acknowledge: (offset: number) => void) {
    this.#target = target;
    this.#acknowledge = acknowledge;
  }

  /** Where a new connection may go on; `null` when only a snapshot will do. */
  get resume(): TerminalResume | null {
    return this.#epoch === null ? null : { epoch: this.#epoch, since: this.#receivedOffset };
  }

  /** The next connection begins with a snapshot. */
  forget(): void {
    this.#epoch = null;
  }

  begin(epoch: string, baseOffset: number): void {
    this.#epoch = epoch;
    this.#restart(baseOffset);
  }

  /** Replaces all that is shown. The reset goes through the parser too: it must not overtake earlier output. */
  snapshot(offset: number, bytes: Uint8Array): void {
    this.#target.write(FULL_RESET);
    this.#target.write(bytes);
    this.#restart(offset);
  }

  output(bytes: Uint8Array): void {
    this.#receivedOffset += bytes.length;
    const parsedOffset = this.#receivedOffset;
    this.#target.write(bytes, () => {
      if (parsedOffset - this.#ackedOffset < TERMINAL_LIMITS.ackEveryBytes) return;
      this.#ackedOffset = parsedOffset;
      this.#acknowledge(parsedOffset);
    });
  }

  #restart(offset: number): void {
    this.#receivedOffset = offset;
    this.#ackedOffset = offset;
  }
}
