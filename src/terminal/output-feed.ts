import { TERMINAL_LIMITS, type TerminalResume } from '#contract/terminal-protocol.ts';

const FULL_RESET = new Uint8Array([0x1b, 0x63]);
/** Plain text from here on, in a line of its own. */
const NEW_LINE = new TextEncoder().encode('\x1b[0m\r\n');

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
  #keepsShown = false;
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

  /** @param startedBlank the server does not know what this page still shows: the next snapshot goes below it */
  begin(epoch: string, baseOffset: number, startedBlank: boolean): void {
    this.#keepsShown = startedBlank && this.#epoch !== null && this.#epoch !== epoch;
    this.#epoch = epoch;
    this.#restart(baseOffset);
  }

  /** Replaces all that is shown, unless the server has forgotten it. The reset goes through the parser too: it must not overtake earlier output. */
  snapshot(offset: number, bytes: Uint8Array): void {
    this.#target.write(this.#keepsShown ? NEW_LINE : FULL_RESET);
    this.#keepsShown = false;
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
