import { expect, test } from 'vitest';
import { hasPrompt } from './terminal-talk.ts';

test('the mark that ends a prompt is a prompt, the one that begins it is not', () => {
  const begun = '\x1b]133;A\x07\x1b[32mlearner@node1\x1b[0m:';
  expect(hasPrompt(begun)).toBe(false);
  expect(hasPrompt(`${begun}\x1b[34m~\x1b[0m$ \x1b]133;B\x07`)).toBe(true);
});

test('a restored screen without marks, its last blank drawn as a cursor movement, has a prompt', () => {
  expect(hasPrompt('learner@node1:~$\x1b[1C')).toBe(true);
});

test('output below a prompt is none', () => {
  expect(hasPrompt('learner@node1:~$ \x1b]133;B\x07ls\r\nfile\r\n')).toBe(false);
  expect(hasPrompt('')).toBe(false);
});
