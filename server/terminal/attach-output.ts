/** dtach 0.9 (attach.c) clears the screen once it is attached, and says good-bye before it exits. */
const GREETING = Buffer.from('\x1b[H\x1b[J');
const FAREWELL_START = Buffer.from('\x1b[999H\r\n[');
const FAREWELL_MAX_BYTES = 80;
/** Longer than dtach needs from its last words to its exit. */
const FAREWELL_HOLD_MS = 200;
const MAX_FAILURE_BYTES = 500;

export interface AttachOutputEvents {
  readonly onReady: () => void;
  readonly onData: (chunk: Buffer) => void;
}

/**
 * Takes dtach's own words out of the shell's output: the clearing at the start would wipe the screen at each
 * re-attachment, the farewell would stand below the shell's last line. Before the greeting comes only what the
 * attach program says about a failure; it is kept for the operator.
 */
export class AttachOutput {
  readonly #events: AttachOutputEvents;
  #isReady = false;
  #beforeGreeting: Buffer = Buffer.alloc(0);
  #held: Buffer = Buffer.alloc(0);
  #holdTimer: NodeJS.Timeout | undefined;

  constructor(events: AttachOutputEvents) {
    this.#events = events;
  }

  /** Why the attach program did not come to be attached; empty if it did. */
  get failure(): string {
    return this.#isReady ? '' : this.#beforeGreeting.toString('utf8').trim();
  }

  push(chunk: Buffer): void {
    if (this.#isReady) this.#pass(chunk);
    else this.#awaitGreeting(chunk);
  }

  /** The attach program is gone: what is held was its farewell. */
  end(): void {
    clearTimeout(this.#holdTimer);
    this.#held = Buffer.alloc(0);
  }

  #awaitGreeting(chunk: Buffer): void {
    const seen = Buffer.concat([this.#beforeGreeting, chunk]);
    const greetingAt = seen.indexOf(GREETING);
    if (greetingAt === -1) {
      this.#beforeGreeting = seen.subarray(0, MAX_FAILURE_BYTES);
      return;
    }
    this.#isReady = true;
    this.#beforeGreeting = Buffer.alloc(0);
    this.#events.onReady();
    this.#pass(seen.subarray(greetingAt + GREETING.length));
  }

  #pass(chunk: Buffer): void {
    clearTimeout(this.#holdTimer);
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const farewellAt = bytes.subarray(-FAREWELL_MAX_BYTES).indexOf(FAREWELL_START);
    const passed =
      farewellAt === -1 ? bytes.length : Math.max(0, bytes.length - FAREWELL_MAX_BYTES) + farewellAt;
    this.#held = bytes.subarray(passed);
    if (this.#held.length > 0) this.#holdTimer = setTimeout(() => this.#release(), FAREWELL_HOLD_MS);
    if (passed > 0) this.#events.onData(bytes.subarray(0, passed));
  }

  #release(): void {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    this.#events.onData(held);
  }
}
