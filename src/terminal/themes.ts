import type { ITheme } from '@xterm/xterm';

export type ThemeName = 'light' | 'dark';

/**
 * Every colour has at least 4.5:1 on the background (WCAG AA), black on dark and white on light included: programs
 * print text in all sixteen. `themes.test.ts` measures them.
 */
export const THEMES = {
  dark: {
    background: '#101a20',
    foreground: '#dbe4e8',
    cursor: '#5fd6c2',
    cursorAccent: '#101a20',
    selectionBackground: '#2f5a6b',
    selectionInactiveBackground: '#27424e',
    black: '#84979f',
    red: '#ff8a80',
    green: '#6cd391',
    yellow: '#efbd5b',
    blue: '#7fb4ff',
    magenta: '#cf9ff5',
    cyan: '#5fd6c2',
    white: '#c4ced5',
    brightBlack: '#98a9b1',
    brightRed: '#ffaba3',
    brightGreen: '#97e6b1',
    brightYellow: '#ffd78a',
    brightBlue: '#a8ccff',
    brightMagenta: '#e2c2ff',
    brightCyan: '#93eadb',
    brightWhite: '#ffffff',
    scrollbarSliderBackground: '#84979f59',
    scrollbarSliderHoverBackground: '#84979f8c',
    scrollbarSliderActiveBackground: '#84979fb3',
  },
  light: {
    background: '#fbfcfc',
    foreground: '#1e2a34',
    cursor: '#0b7266',
    cursorAccent: '#fbfcfc',
    selectionBackground: '#b9ddd7',
    selectionInactiveBackground: '#dbe9e7',
    black: '#1e2a34',
    red: '#b3261e',
    green: '#16703f',
    yellow: '#7f5200',
    blue: '#1a56c4',
    magenta: '#7d34b5',
    cyan: '#0b6a73',
    white: '#5b6873',
    brightBlack: '#4a5863',
    brightRed: '#c5352c',
    brightGreen: '#1a7d48',
    brightYellow: '#8d5b00',
    brightBlue: '#2c68d8',
    brightMagenta: '#9346cc',
    brightCyan: '#0f7681',
    brightWhite: '#33424d',
    scrollbarSliderBackground: '#5868744d',
    scrollbarSliderHoverBackground: '#58687480',
    scrollbarSliderActiveBackground: '#586874a6',
  },
} as const satisfies Record<ThemeName, ITheme>;

/** Marks of the search: all matches, and the one in front. */
export const SEARCH_COLOURS = {
  matchBackground: '#8a6a1f',
  matchOverviewRuler: '#efbd5b',
  activeMatchBackground: '#1d9384',
  activeMatchColorOverviewRuler: '#5fd6c2',
} as const;
