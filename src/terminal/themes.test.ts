import { expect, test } from 'vitest';
import { THEMES } from './themes.ts';

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test.each(['dark', 'light'] as const)('every colour of the %s theme can be read (AA)', (name) => {
  const theme = THEMES[name];
  const bright = COLOURS.map(
    (colour) => `bright${colour[0]?.toUpperCase()}${colour.slice(1)}`,
  ) as (keyof typeof theme)[];
  for (const colour of ['foreground', ...COLOURS, ...bright] as const) {
    expect.soft(contrast(theme[colour], theme.background), `${name} ${colour}`).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(theme.foreground, theme.selectionBackground)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(theme.cursor, theme.background)).toBeGreaterThanOrEqual(3);
  expect(contrast(theme.cursorAccent, theme.cursor)).toBeGreaterThanOrEqual(4.5);
});
