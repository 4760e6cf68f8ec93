import type { TerminalSession, TerminalSessionOptions } from '../terminal/terminal-session.ts';

/** What the pane asks of a terminal. The class itself is loaded only when the first terminal is shown. */
export type TerminalHandle = Pick<
  TerminalSession,
  'attach' | 'focus' | 'run' | 'search' | 'setScreenReader' | 'setFontSize' | 'dispose'
>;

export type LoadTerminal = () => Promise<(options: TerminalSessionOptions) => TerminalHandle>;
