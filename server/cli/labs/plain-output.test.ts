import { expect, test } from 'vitest';
import { plainOutput } from './plain-output.ts';

test('answers and switches are not shown with the output', () => {
  const answer = '\u001b]7717;answer;failed-slot;Mw==\u0007';
  const power = '\u001b]7717;power;off;node2\u001b\\';
  expect(plainOutput(`a\r\n${answer}b\r\n${power}c`)).toBe('a\nb\nc');
});

test('other control sequences stay, and so does one that never ends', () => {
  const output = '\u001b]0;title\u0007text \u001b]7717;answer;x';
  expect(plainOutput(output)).toBe(output);
});
