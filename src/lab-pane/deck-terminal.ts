import { signal } from '@preact/signals';
import type { RunOutcome, ShellState } from '#contract/terminal-protocol.ts';
import type { TerminalStatus } from '../terminal/socket-link.ts';
import type { TerminalSessionOptions } from '../terminal/terminal-session.ts';
import type { TerminalHandle } from './terminal-handle.ts';

/** Longer than the server's pause between two of its words about somebody who goes on typing. */
const TYPING_SHOWN_MS = 2_500;

/** What a terminal shows of itself; it stays while its page-side part comes and goes. */
export class DeckTerminal {
  /** `null` until its tab is shown: only then it connects. */
  readonly status = signal<TerminalStatus | null>(null);
  readonly shell = signal<ShellState>('unknown');
  readonly exitCode = signal<number | null>(null);
  /** What the program in it calls itself. */
  readonly title = signal('');
  /** Why it is gone: an error code, or that its program could not be loaded. */
  readonly detail = signal('');
  /** Name of an instructor who has just typed here. */
  readonly typing = signal<string | null>(null);
  handle: TerminalHandle | null = null;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;

  get isBusy(): boolean {
    return this.status.value !== 'ended' && this.shell.value === 'running';
  }

  /** Where a terminal reports to. */
  readonly reports = {
    onStatus: (status, detail = '') => {
      this.status.value = status;
      this.detail.value = detail;
    },
    onShell: (state, exitCode) => {
      this.shell.value = state;
      this.exitCode.value = exitCode;
    },
    onTitle: (title) => {
      this.title.value = title;
    },
    onTyping: (name) => {
      this.typing.value = name;
      clearTimeout(this.#typingTimer);
      this.#typingTimer = setTimeout(() => {
        this.typing.value = null;
      }, TYPING_SHOWN_MS);
    },
  } satisfies Partial<TerminalSessionOptions>;

  /** Types a command at the prompt; `failed` where there is no connection to type into. */
  async run(text: string, options: { interrupt: boolean }): Promise<RunOutcome | 'failed'> {
    if (!this.handle || this.status.value !== 'live') return 'failed';
    try {
      return await this.handle.run(text, options);
    } catch {
      return 'failed';
    }
  }

  /** Lets go of the connection and the screen; the shell goes on. */
  rest(): void {
    this.handle?.dispose();
    this.handle = null;
    this.status.value = null;
  }
}
