import type { Language } from '#contract/language.ts';

export type TerminalStatus = 'connecting' | 'live' | 'reconnecting' | 'ended' | 'gone';
export type ShellState = 'prompt' | 'running' | 'unknown';
export type RunOutcome = 'sent' | 'busy' | 'fullscreen' | 'text';
export type Theme = 'light' | 'dark';

/** What the pane asks of a terminal. The real one is loaded only when the first terminal is shown. */
export interface TerminalHandle {
  attach(element: HTMLElement): void;
  fit(): void;
  focus(): void;
  run(text: string, options: { interrupt: boolean }): Promise<RunOutcome>;
  search(query: string, options: { back: boolean }): unknown;
  setScreenReader(on: boolean): void;
  setFontSize(px: number): void;
  setTheme(theme: Theme): void;
  dispose(): void;
}

export interface TerminalHandleOptions {
  readonly terminalId: string;
  readonly language: Language;
  readonly openTicket: () => Promise<string>;
  readonly onStatus: (status: TerminalStatus) => void;
  readonly onShell: (state: ShellState, exitCode: number | null) => void;
  readonly onTitle: (title: string) => void;
}

export type LoadTerminal = () => Promise<(options: TerminalHandleOptions) => TerminalHandle>;
