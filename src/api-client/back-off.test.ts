import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('waits double up to eight seconds, and chance only shortens them', () => {
  expect([0, 1, 2, 3, 4, 9].map((attempt) => backOffMs(attempt, 0))).toEqual([
    500, 1000, 2000, 4000, 8000, 8000,
  ]);
  expect(backOffMs(0, 1)).toBe(250);
});
