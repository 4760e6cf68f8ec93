import { expect, test } from 'vitest';
import { goalText, judge } from './goal.ts';

const SEEN = { median: 10, p95: 20, ratio: null };

test('a goal is met up to its bound, on either side', () => {
  const goals = [
    { of: 'p95', atMost: 20 },
    { of: 'median', atMost: 9 },
    { of: 'median', atLeast: 10 },
  ] as const;
  expect(judge(goals, SEEN).map(({ isMet }) => isMet)).toEqual([true, false, true]);
});

test('without the number there is no verdict', () => {
  expect(judge([{ of: 'ratio', atMost: 1 }], SEEN)).toEqual([]);
});

test('a goal reads as it is written', () => {
  expect(goalText({ of: 'p95', atMost: 250 })).toBe('p95 ≤ 250');
});
