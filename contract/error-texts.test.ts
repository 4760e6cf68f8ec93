import { expect, test } from 'vitest';
import { ERROR_CODES } from './error-codes.ts';
import { ERROR_TEXTS } from './error-texts.ts';

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

test('every error code has a text in both languages with the same placeholders', () => {
  expect(Object.keys(ERROR_TEXTS).sort()).toEqual(Object.keys(ERROR_CODES).sort());
  for (const [code, text] of Object.entries(ERROR_TEXTS)) {
    expect(placeholders(text.ko), code).toEqual(placeholders(text.en));
    expect(text.ko, code).toMatch(/[가-힣]/);
    expect(text.en, code).not.toMatch(/[가-힣]/);
  }
});
