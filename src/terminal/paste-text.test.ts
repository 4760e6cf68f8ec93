import { expect, test } from 'vitest';
import { pasteRunsCommands, safePaste } from './paste-text.ts';

test('what could end a bracketed paste or press keys is taken out, text stays', () => {
  expect(safePaste('safe\x1b[201~\rtouch x\r')).toBe('safe[201~\rtouch x\r');
  expect(safePaste('a\x03b\x7fc\u009b31md\u0000')).toBe('abc31md');
  expect(safePaste('한글\t탭\r\n😀')).toBe('한글\t탭\n😀');
});

test('only several lines at a prompt that takes them one by one run at once', () => {
  const plain = { takesPaste: false, isRunning: false };
  expect(pasteRunsCommands('one line', plain)).toBe(false);
  expect(pasteRunsCommands('two\nlines', plain)).toBe(true);
  expect(pasteRunsCommands('two\nlines', { ...plain, takesPaste: true })).toBe(false);
  expect(pasteRunsCommands('two\nlines', { ...plain, isRunning: true })).toBe(false);
});
