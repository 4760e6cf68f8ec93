import { expect, test } from 'vitest';
import { descendantsOf, parentOf } from './process-memory.ts';

test('the parent is found behind a name with spaces and brackets', () => {
  expect(parentOf('4711 (tmux: (x) client) S 42 4711 4711 0')).toBe(42);
  expect(parentOf('')).toBeNull();
});

test('descendants are the process, its children and their children', () => {
  const parents = new Map([
    [1, 0],
    [10, 1],
    [11, 10],
    [12, 11],
    [13, 10],
    [20, 1],
  ]);
  expect(descendantsOf(10, parents).toSorted()).toEqual([10, 11, 12, 13]);
});

test('a process that is gone has no descendants', () => {
  expect(descendantsOf(99, new Map([[1, 0]]))).toEqual([]);
});
