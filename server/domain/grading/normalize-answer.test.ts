import { describe, expect, test } from 'vitest';
import { normalizeAnswer } from './normalize-answer.ts';

const number = { type: 'number', min: 1, max: 99 } as const;

describe('a number', () => {
  test.each([
    ['6'],
    ['  6 '],
    ['６'],
    ['06'],
    ['6개'],
    ['６개'],
    ['6 개'],
    ['6개예요'],
    ['6개입니다.'],
    ['6 tasks'],
    ['6 tasks failed'],
    ['6.'],
    ['#6'],
    ['slot 6'],
    ['Replica 6'],
    ['레플리카 6'],
    ['레플리카 6번'],
    ['no. 6'],
    ['numbers_numbers-api.6'],
  ])('is read from %j', (typed) => {
    expect(normalizeAnswer(number, typed)).toEqual({ ok: true, answer: '6' });
  });

  test.each([
    ['', 'answer-empty'],
    ['   ', 'answer-empty'],
    ['six', 'answer-not-a-number'],
    ['여섯', 'answer-not-a-number'],
    ['여섯 개', 'answer-not-a-number'],
    ['6 or 7', 'answer-not-a-number'],
    ['6.5', 'answer-not-a-number'],
    ['6~7', 'answer-not-a-number'],
    ['-6', 'answer-not-a-number'],
    ['6/6', 'answer-not-a-number'],
    ['0x6', 'answer-not-a-number'],
    ['1e3', 'answer-not-a-number'],
    ['0', 'answer-out-of-range'],
    ['100', 'answer-out-of-range'],
    ['1,000', 'answer-out-of-range'],
    ['9'.repeat(401), 'answer-too-long'],
  ])('is not read from %j: %s', (typed, message) => {
    expect(normalizeAnswer(number, typed)).toMatchObject({ ok: false, message });
  });
});

describe('a choice', () => {
  const choice = { type: 'choice', options: ['global', 'replicated'] } as const;
  test('is one of its options', () => {
    expect(normalizeAnswer(choice, ' Global ')).toEqual({ ok: true, answer: 'global' });
    expect(normalizeAnswer(choice, 'glob')).toMatchObject({ message: 'answer-not-an-option' });
  });
});

describe('a text', () => {
  const text = { type: 'text', maxLength: 10 } as const;
  test('is trimmed, its spaces made one', () => {
    expect(normalizeAnswer(text, '  node1   node2 ')).toMatchObject({
      ok: false,
      message: 'answer-too-long',
    });
    expect(normalizeAnswer(text, ' node1  a ')).toEqual({ ok: true, answer: 'node1 a' });
  });
});
