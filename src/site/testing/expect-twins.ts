import { describe, expect, test } from 'vitest';

/** Every path to a text, so that a list with one entry more in one language shows too. */
function shape(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => shape(inner, `${path}/${key}`));
}

/** Functions are asked with arguments that fit all of them. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return strings(value('setup', 3, 'active'));
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(strings);
}

/** The texts of one part of the site: the same in both languages, and each in its own. */
export function expectTwins(what: string, { ko, en }: { readonly ko: object; readonly en: object }): void {
  describe(what, () => {
    test('says the same things in Korean and English', () => {
      expect(shape(ko)).toEqual(shape(en));
    });

    test('has no empty text, and no Korean in English', () => {
      for (const text of [...strings(ko), ...strings(en)]) expect(text.trim()).not.toBe('');
      expect(strings(en).filter((text) => /[가-힣]/.test(text))).toEqual([]);
    });

    test('is polite in Korean: 해요체, not 하다체', () => {
      expect(strings(ko).filter((text) => /(다|자|라)\.$/.test(text))).toEqual([]);
    });
  });
}
