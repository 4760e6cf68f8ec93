import { expect, test } from 'vitest';
import { fillPlaceholders } from './placeholders.ts';

test('placeholders take their values, several times too', () => {
  expect(fillPlaceholders('{n} of {total}, {n} left', { n: 2, total: 6 })).toBe('2 of 6, 2 left');
});

test('zero and an empty text are values', () => {
  expect(fillPlaceholders('{n}{s}.', { n: 0, s: '' })).toBe('0.');
});

test('a missing value shows as an ellipsis instead of the bare placeholder', () => {
  expect(fillPlaceholders('{freeMiB} MiB', {})).toBe('… MiB');
});
