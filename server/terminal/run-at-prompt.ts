import { setTimeout as delay } from 'node:timers/promises';
import type { RunOutcome } from '#contract/terminal-protocol.ts';
import type { LastingAttachment } from './lasting-attachment.ts';
import { runKeys, runnableText } from './run-text.ts';
import type { Screen } from './screen.ts';
import type { ShellTracker } from './shell-tracker.ts';

const INTERRUPT_KEY = 0x03;
const INTERRUPT_WAIT_MS = 3000;
const LOOK_EVERY_MS = 20;

export interface RunParts {
  readonly screen: Screen;
  readonly shell: ShellTracker;
  readonly attachment: LastingAttachment;
  readonly nowMs: () => number;
}

/** Types blocks of the lesson at the shell's prompt. */
export class RunAtPrompt {
  readonly #parts: RunParts;
  #isInterrupting = false;

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  /** @param interrupt whether a running command may be ended by ^C */
  async run(text: string, interrupt: boolean): Promise<RunOutcome> {
    const { attachment, screen, shell } = this.#parts;
    const lines = runnableText(text);
    if (lines === null) return 'text';
    if (await screen.drawn(({ isFullScreen }) => isFullScreen)) return 'fullscreen';
    const mayInterrupt = interrupt || shell.isContinued;
    const isReady = shell.isAtPrompt && !shell.isContinued;
    if (!isReady && !(mayInterrupt && (await this.#interrupt()))) return 'busy';
    const keys = runKeys(lines, shell.takesPaste);
    if (keys === null) return 'text';
    attachment.write(Buffer.from(keys));
    shell.expectCommand();
    return 'sent';
  }

  /** `true` when a prompt came of it. */
  async #interrupt(): Promise<boolean> {
    if (this.#isInterrupting) return false;
    this.#isInterrupting = true;
    const { attachment, nowMs, screen, shell } = this.#parts;
    shell.expectCommand();
    attachment.dropInput();
    attachment.write(Buffer.of(INTERRUPT_KEY));
    const deadlineAtMs = nowMs() + INTERRUPT_WAIT_MS;
    let isAtPrompt = false;
    while (!isAtPrompt && nowMs() < deadlineAtMs) {
      await delay(LOOK_EVERY_MS);
      isAtPrompt = await screen.drawn(() => shell.isAtPrompt);
    }
    this.#isInterrupting = false;
    return isAtPrompt;
  }
}
