import { expect, test } from 'vitest';
import { isTyping } from './typed-keys.ts';

test.each([
  ['a', true],
  ['\r', true],
  ['가', true],
  // An arrow, Escape alone, a paste.
  ['\x1b[A', true],
  ['\x1b', true],
  ['\x1b[200~ls\x1b[201~', true],
  // Focus, and the mouse in both encodings, alone and in a row.
  ['\x1b[I', false],
  ['\x1b[O\x1b[I', false],
  ['\x1b[<0;12;3M\x1b[<0;12;3m', false],
  ['\x1b[M !!', false],
  // A key behind a report is a key.
  ['\x1b[Iq', true],
])('%j is typing: %s', (keys, isIt) => {
  expect(isTyping(Buffer.from(keys))).toBe(isIt);
});
