import { expect, test } from 'vitest';
import { extend, NOBODY, toggle, toggleAll } from './selection.ts';

const SHOWN = ['a', 'b', 'c', 'd', 'e'];
const chosen = (selection: ReturnType<typeof toggle>) => [...selection.chosen].sort().join('');

test('with Shift everybody in between is chosen, in either direction, from the last single choice on', () => {
  const from = toggle(NOBODY, 'b');
  expect(chosen(extend(from, 'd', SHOWN))).toBe('bcd');
  expect(chosen(extend(extend(from, 'd', SHOWN), 'a', SHOWN))).toBe('abcd');
});

test('without a beginning that is shown, Shift chooses the one', () => {
  expect(chosen(extend(NOBODY, 'c', SHOWN))).toBe('c');
  expect(chosen(extend(toggle(NOBODY, 'x'), 'c', SHOWN))).toBe('cx');
});

test('all that are shown are chosen or left out; who is not shown stays chosen', () => {
  const all = toggleAll(toggle(NOBODY, 'x'), SHOWN);
  expect(chosen(all)).toBe('abcdex');
  expect(chosen(toggleAll(all, SHOWN))).toBe('x');
});
