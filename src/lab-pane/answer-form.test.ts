import { expect, test } from 'vitest';
import { readAnswer } from './answer-form.ts';
import { EN } from './texts-en.ts';

const number = { type: 'number', min: 0, max: 20 } as const;
const read = (typed: string) => readAnswer(number, typed, EN.question);

test('numbers are trimmed, full-width digits count, leading zeros go', () => {
  expect(read(' 6 ')).toEqual({ ok: true, answer: '6' });
  expect(read('１２')).toEqual({ ok: true, answer: '12' });
  expect(read('007')).toEqual({ ok: true, answer: '7' });
});

test.each(['', '   ', 'six', '6.5', '21', '-1', '1e1', '9'.repeat(400)])(
  '%j is refused with a reason',
  (typed) => {
    expect(read(typed)).toMatchObject({ ok: false });
  },
);

test('text keeps its inside, and is limited', () => {
  const text = { type: 'text', maxLength: 5 } as const;
  expect(readAnswer(text, ' a b ', EN.question)).toEqual({ ok: true, answer: 'a b' });
  expect(readAnswer(text, 'abcdef', EN.question)).toEqual({ ok: false, reason: 'At most 5 characters.' });
});

test('a choice must be made', () => {
  const choice = { type: 'choice', options: [{ id: 'a', text: { ko: '가', en: 'A' } }] } as const;
  expect(readAnswer({ ...choice, options: [...choice.options] }, '', EN.question)).toEqual({
    ok: false,
    reason: 'Choose one.',
  });
});
