import { expect, test } from 'vitest';
import { EN } from './texts-en.ts';
import { KO } from './texts-ko.ts';

const TEXTS = { ko: KO, en: EN };

/** Every path to a text, so that a list with one entry more in one language shows too. */
function shape(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => shape(inner, `${path}/${key}`));
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return strings(value('node1', 3, 'active', 'clock'));
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(strings);
}

test('Korean and English say the same things', () => {
  expect(shape(TEXTS.ko)).toEqual(shape(TEXTS.en));
});

test('no text is empty, and no Korean hides in English', () => {
  for (const text of [...strings(TEXTS.ko), ...strings(TEXTS.en)]) expect(text.trim()).not.toBe('');
  expect(strings(TEXTS.en).filter((text) => /[가-힣]/.test(text))).toEqual([]);
});

test('Korean sentences are polite: 해요체, not 하다체', () => {
  expect(strings(TEXTS.ko).filter((text) => /(다|자|라)\.$/.test(text))).toEqual([]);
});
