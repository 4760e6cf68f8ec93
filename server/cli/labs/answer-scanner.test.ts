import { describe, expect, test } from 'vitest';
import { AnswerScanner, plainOutput } from './answer-scanner.ts';

const sequence = (check: string, value: string): string =>
  `\u001b]7717;answer;${check};${Buffer.from(value).toString('base64')}\u0007`;

function scan(...chunks: (string | Buffer)[]): string[] {
  const found: string[] = [];
  const scanner = new AnswerScanner(({ check, value }) => found.push(`${check}=${value}`));
  for (const chunk of chunks) scanner.push(Buffer.from(chunk));
  return found;
}

describe('answers in a script’s output', () => {
  const one = sequence('failed-slot', '3번');
  test('are found among other output', () => {
    expect(scan(`a\r\n${one}b${sequence('web-mode', 'global')}`)).toEqual([
      'failed-slot=3번',
      'web-mode=global',
    ]);
  });
  test('are found wherever the chunks are cut', () => {
    const bytes = Buffer.from(`x${one}y`);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(scan(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(['failed-slot=3번']);
    }
  });
  test('end in ST as well as in BEL', () => {
    expect(scan(one.replace('\u0007', '\u001b\\'))).toEqual(['failed-slot=3번']);
  });
  test('are left alone where they are no answers', () => {
    expect(scan('\u001b]7717;answer;failed-slot;%%%\u0007\u001b]0;title\u0007')).toEqual([]);
    expect(scan(`\u001b]7717;${'x'.repeat(20_000)}`, one)).toEqual(['failed-slot=3번']);
  });
  test('are not shown with the output', () => {
    expect(plainOutput(`a\r\n${one}b\r\n`)).toBe('a\nb\n');
  });
});
