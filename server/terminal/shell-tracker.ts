import type { ShellState } from '#contract/terminal-protocol.ts';

/**
 * Where the learner's shell is, from the marks that it prints around its prompt (OSC 133: A prompt, B input,
 * C command runs, D;code command ended) and from bracketed-paste mode, which readline has on only while it reads.
 * https://gitlab.freedesktop.org/Per_Bothner/specifications/blob/master/proposals/semantic-prompts.md
 */
export class ShellTracker {
  readonly #onChange: () => void;
  #state: ShellState;
  #exitCode: number | null;
  #pasteMode = false;
  /** A line was accepted at the prompt and no mark has come since. */
  #isLineAccepted = false;
  #isContinued = false;

  constructor(onChange: () => void, start: { state: ShellState; exitCode: number | null }) {
    this.#onChange = onChange;
    this.#state = start.state;
    this.#exitCode = start.exitCode;
  }

  get state(): ShellState {
    return this.#state;
  }

  get exitCode(): number | null {
    return this.#exitCode;
  }

  /** At a prompt that takes a pasted block whole. */
  get takesPaste(): boolean {
    return this.#pasteMode;
  }

  get isAtPrompt(): boolean {
    return this.#state === 'prompt' || (this.#state === 'unknown' && this.#pasteMode);
  }

  /** The shell waits for the rest of an unfinished command (`>`). */
  get isContinued(): boolean {
    return this.#isContinued;
  }

  /** @param data payload of OSC 133, such as `B` or `D;1` */
  mark(data: string): void {
    const [kind, code] = data.split(';', 2);
    // The prompt is complete, and readline reads, only at B.
    if (kind === 'B') this.#become('prompt', this.#exitCode);
    else if (kind === 'C') this.#become('running', this.#exitCode);
    else if (kind === 'D') this.#become(this.#state, parseExitCode(code));
    else if (kind !== 'A') return;
    this.#isLineAccepted = false;
    this.#isContinued = false;
  }

  setPasteMode(isOn: boolean): void {
    if (this.#state === 'prompt' && this.#pasteMode && !isOn) this.#isLineAccepted = true;
    if (isOn && this.#isLineAccepted) this.#isContinued = true;
    this.#pasteMode = isOn;
  }

  /** A command was typed for the learner: no longer at the prompt, even before the shell says so. */
  expectCommand(): void {
    if (this.#state === 'prompt') this.#become('running', this.#exitCode);
  }

  #become(state: ShellState, exitCode: number | null): void {
    if (state === this.#state && exitCode === this.#exitCode) return;
    this.#state = state;
    this.#exitCode = exitCode;
    this.#onChange();
  }
}

function parseExitCode(code: string | undefined): number | null {
  return code !== undefined && /^\d{1,3}$/.test(code) ? Number(code) : null;
}
