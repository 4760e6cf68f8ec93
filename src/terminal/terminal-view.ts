import type { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';
import type { Language } from '#contract/language.ts';
import { copySelection, onPaste } from './clipboard.ts';
import { keyAction } from './key-action.ts';
import { addWebLinks, type ConfirmLink, hyperlinkHandler } from './links.ts';
import { fontLoaded, labelTerminal, loadXterm, terminalFont } from './load-xterm.ts';
import { muteReplies } from './mute-replies.ts';
import { MAX_PASTE_CHARS, pasteRunsCommands, safePaste } from './paste-text.ts';
import { printableTitle } from './printable-title.ts';
import { TerminalSearch } from './terminal-search.ts';
import { THEMES, type ThemeName } from './themes.ts';

export interface TerminalViewOptions {
  readonly language: Language;
  readonly onText: (text: string) => void;
  /** One character per byte. */
  readonly onBinary: (text: string) => void;
  readonly onTitle: (title: string) => void;
  readonly onPasteConfirm?: (text: string) => boolean | Promise<boolean>;
  readonly onPasteRefused?: (length: number) => void;
  readonly onLinkConfirm?: ConfirmLink;
  readonly onTabMode?: (movesFocus: boolean) => void;
  readonly browserClipboardKeys?: boolean;
}

export interface Look {
  readonly theme: ThemeName;
  readonly fontPx: number;
  readonly isScreenReader: boolean;
}

/** xterm.js with what the course needs around it: fonts, keys, safe pastes and links, search. */
export class TerminalView {
  readonly terminal: Terminal;
  readonly search: TerminalSearch;
  /** Whether a command runs: a paste then goes to that command. */
  isRunning = false;
  readonly #fit: FitAddon;
  readonly #options: TerminalViewOptions;
  #tabMovesFocus = false;

  private constructor(terminal: Terminal, fit: FitAddon, options: TerminalViewOptions) {
    this.terminal = terminal;
    this.#fit = fit;
    this.#options = options;
    this.search = new TerminalSearch(terminal);
    muteReplies(terminal);
    terminal.onData(options.onText);
    terminal.onBinary(options.onBinary);
    terminal.onTitleChange((title) => options.onTitle(printableTitle(title)));
    terminal.attachCustomKeyEventHandler((event) => this.#takesKey(event));
  }

  /** Loads xterm; the terminal takes output from then on, before it is shown. */
  static async load(options: TerminalViewOptions): Promise<TerminalView> {
    const confirmLink = options.onLinkConfirm ?? ((url: string) => window.confirm(url));
    const linkHandler = hyperlinkHandler(confirmLink);
    const { terminal, fit } = await loadXterm(options.language, { fontFamily: terminalFont(), linkHandler });
    await addWebLinks(terminal, confirmLink);
    return new TerminalView(terminal, fit, options);
  }

  /** xterm measures its cells when it opens: `host` must be on the page then, and the font loaded. */
  async open(host: HTMLElement): Promise<void> {
    const { terminal } = this;
    if (terminal.element !== undefined) return;
    await fontLoaded(terminal.options.fontFamily ?? 'monospace', terminal.options.fontSize ?? 14);
    if (!host.isConnected || terminal.element !== undefined) return;
    terminal.open(host);
    onPaste(host, (text) => void this.#paste(text));
    this.setLanguage(this.#options.language);
  }

  /** Characters that fit into the host; `null` while it is not shown. */
  get fittingSize(): { cols: number; rows: number } | null {
    if (!this.terminal.element?.isConnected) return null;
    const { cols = Number.NaN, rows = Number.NaN } = this.#fit.proposeDimensions() ?? {};
    return Number.isFinite(cols) && Number.isFinite(rows) ? { cols, rows } : null;
  }

  /** Shows a screen of a given size as large as the host allows; below `min` it has to be scrolled. */
  fitFont({ min, max }: { readonly min: number; readonly max: number }): void {
    const { terminal } = this;
    const host = terminal.element?.parentElement?.getBoundingClientRect();
    const screen = terminal.element?.querySelector('.xterm-screen')?.getBoundingClientRect();
    const now = terminal.options.fontSize;
    if (!host?.width || !screen?.width || now === undefined) return;
    const fits = now * Math.min(host.width / screen.width, host.height / screen.height);
    const next = Math.min(max, Math.max(min, Math.floor(fits * 4) / 4));
    if (next !== now) terminal.options.fontSize = next;
  }

  /** After the output that was made for the size before. */
  resize(cols: number, rows: number): void {
    this.terminal.write('', () => this.terminal.resize(cols, rows));
  }

  setLook({ theme, fontPx, isScreenReader }: Look): void {
    const { options } = this.terminal;
    options.theme = THEMES[theme];
    options.fontSize = fontPx;
    options.screenReaderMode = isScreenReader;
  }

  setLanguage(language: Language): void {
    labelTerminal(this.terminal, language);
  }

  dispose(): void {
    this.terminal.dispose();
  }

  #takesKey(event: KeyboardEvent): boolean {
    const action = keyAction(event, {
      hasSelection: this.terminal.hasSelection(),
      tabMovesFocus: this.#tabMovesFocus,
      browserClipboardKeys: this.#options.browserClipboardKeys ?? true,
    });
    if (action === 'terminal') return true;
    if (action === 'browser') return false;
    event.preventDefault();
    if (event.type !== 'keydown') return false;
    if (action === 'copy') void copySelection(this.terminal);
    else {
      this.#tabMovesFocus = !this.#tabMovesFocus;
      this.#options.onTabMode?.(this.#tabMovesFocus);
    }
    return false;
  }

  async #paste(clipboardText: string): Promise<void> {
    const text = safePaste(clipboardText);
    if (text === '') return;
    if (text.length > MAX_PASTE_CHARS) {
      this.#options.onPasteRefused?.(text.length);
      return;
    }
    const state = { takesPaste: this.terminal.modes.bracketedPasteMode, isRunning: this.isRunning };
    const { onPasteConfirm } = this.#options;
    if (onPasteConfirm && pasteRunsCommands(text, state) && !(await onPasteConfirm(text))) return;
    this.terminal.paste(text);
    this.terminal.focus();
  }
}
