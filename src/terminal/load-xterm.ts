import type { FitAddon } from '@xterm/addon-fit';
import type { ITerminalOptions, Terminal } from '@xterm/xterm';
import type { Language } from '#contract/language.ts';

const SCROLLBACK_LINES = 5000;
/** Then a terminal in a fallback font is better than none. */
const FONT_TIMEOUT_MS = 3000;

const STRINGS = {
  ko: {
    promptLabel: '터미널 입력',
    tooMuchOutput: '출력이 많아 모두 읽어 드리지 못해요. 위로 이동해 한 줄씩 읽어 주세요.',
  },
  en: {
    promptLabel: 'Terminal input',
    tooMuchOutput: 'Too much output to announce. Move up to read it line by line.',
  },
} as const satisfies Record<Language, object>;

export interface LoadedXterm {
  readonly terminal: Terminal;
  readonly fit: FitAddon;
}

/** Brings xterm.js into the page, once, and makes a terminal that is not shown yet. */
export async function loadXterm(language: Language, options: ITerminalOptions): Promise<LoadedXterm> {
  const [xterm, fitAddon, unicode] = await Promise.all([
    import('@xterm/xterm'),
    import('@xterm/addon-fit'),
    import('@xterm/addon-unicode11'),
  ]);
  Object.assign(xterm.Terminal.strings, STRINGS[language]);
  const terminal = new xterm.Terminal({
    allowProposedApi: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    lineHeight: 1.15,
    logLevel: 'off',
    minimumContrastRatio: 4.5,
    scrollback: SCROLLBACK_LINES,
    ...options,
  });
  const fit = new fitAddon.FitAddon();
  terminal.loadAddon(fit);
  // The same widths as on the server: Hangul and emoji take two cells.
  terminal.loadAddon(new unicode.Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  return { terminal, fit };
}

/** The page's terminal font: `--terminal-font`, else `--font-mono`. */
export function terminalFont(): string {
  const style = getComputedStyle(document.documentElement);
  const font = style.getPropertyValue('--terminal-font') || style.getPropertyValue('--font-mono');
  return font.trim() || 'monospace';
}

/**
 * xterm measures its cells when it opens: the font must be there by then, with Latin and Hangul. That is the first
 * family alone: of those behind it a browser fetches what it needs by itself, and their cells are as wide.
 */
export async function fontLoaded(fontFamily: string, sizePx: number): Promise<void> {
  const [first = fontFamily] = fontFamily.split(',');
  const faces = ['', 'bold '].map((weight) => document.fonts.load(`${weight}${sizePx}px ${first}`, 'mW한글'));
  const deadline = new Promise((resolve) => setTimeout(resolve, FONT_TIMEOUT_MS));
  await Promise.race([Promise.allSettled(faces), deadline]);
}

export function labelTerminal(terminal: Terminal, language: Language): void {
  terminal.textarea?.setAttribute('aria-label', STRINGS[language].promptLabel);
}
