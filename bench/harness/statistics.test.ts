import { expect, test } from 'vitest';
import { median, percentile } from './statistics.ts';

test('the median of an odd number of samples is the middle one, in any order', () => {
  expect(median([9, 1, 5])).toBe(5);
});

test('the median of an even number of samples lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('a percentile is a sample that was really seen', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(percentile(hundred, 95)).toBe(95);
  expect(percentile(hundred, 99)).toBe(99);
  expect(percentile(hundred, 100)).toBe(100);
});

test('with few samples the 95th percentile is the largest', () => {
  expect(percentile([3, 1, 2], 95)).toBe(3);
  expect(percentile([7], 95)).toBe(7);
});

test('samples are compared as numbers and left in their order', () => {
  const samples = [100, 20, 3];
  expect(median(samples)).toBe(20);
  expect(samples).toEqual([100, 20, 3]);
});

test('no samples, or one that is no number, is an error and never a figure', () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => percentile([1, Number.NaN], 95)).toThrow(RangeError);
});
