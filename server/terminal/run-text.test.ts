import { expect, test } from 'vitest';
import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';
import { runKeys, runnableText } from './run-text.ts';

test('lines stay, the last line break goes', () => {
  expect(runnableText('a\r\n\tb\n\n')).toBe('a\n\tb');
});

test.each(['\x1b[201~rm -rf ~', 'a\x03b', 'a\rb', 'a\x7f', 'a\u009b1m', '', ' \n'])(
  '%j is not typed',
  (text) => {
    expect(runnableText(text)).toBeNull();
  },
);

test('the limit counts bytes', () => {
  expect(runnableText('가'.repeat(TERMINAL_LIMITS.maxRunBytes / 2))).toBeNull();
  expect(runnableText('a'.repeat(TERMINAL_LIMITS.maxRunBytes))).not.toBeNull();
});

test('clears the line, pastes and presses Enter', () => {
  expect(runKeys('a\nb', true)).toBe('\x05\x15\x1b[200~a\nb\x1b[201~\r');
  expect(runKeys('a', false)).toBe('\x05\x15a\r');
  expect(runKeys('a\nb', false)).toBeNull();
});
