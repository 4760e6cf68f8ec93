import { expect, test } from 'vitest';
import { EN } from './texts-en.ts';
import { KO } from './texts-ko.ts';

function shape(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => shape(inner, `${path}/${key}`));
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return strings(value('node1:80', 'web', 'x'));
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(strings);
}

test('Korean and English say the same things', () => {
  expect(shape(KO)).toEqual(shape(EN));
  for (const text of [...strings(KO), ...strings(EN)]) expect(text.trim()).not.toBe('');
});

test('Korean is 해요체, and none of it hides in English', () => {
  expect(strings(KO).filter((text) => /(다|자|라)\.$/.test(text))).toEqual([]);
  expect(strings(EN).filter((text) => /[가-힣]/.test(text))).toEqual([]);
});
