import { expect, test } from 'vitest';
import { CODE_LETTERS, plainCode, shownCode } from './class-codes.ts';
import { nameKey, readName } from './class-names.ts';

test('names are NFC with single spaces, whatever was typed', () => {
  expect(readName('  김\t 민수 '.normalize('NFD'))).toEqual({ name: '김 민수' });
  expect(readName('José 👩‍🏫')).toEqual({ name: 'José 👩‍🏫' });
  expect(readName('가'.repeat(40))).toEqual({ name: '가'.repeat(40) });
});

test.each([
  ['', 'empty'],
  ['\u3000', 'empty'],
  ['\u0301', 'empty'],
  ['가'.repeat(41), 'long'],
  ['a\nb', 'characters'],
  ['\u202eabc', 'characters'],
  ['a\u2066b', 'characters'],
  ['\ud800', 'characters'],
] as const)('%j is no name: %s', (typed, fault) => {
  expect(readName(typed)).toEqual({ fault });
});

test('names that people take for the same have the same key', () => {
  expect(nameKey('Ｋｉｍ Min')).toBe(nameKey('kim min'));
  expect(nameKey('김 민수')).toBe(nameKey('김민수'));
});

test('codes are read however they are typed, and shown in groups', () => {
  expect(plainCode(' abcd–efgh ')).toBe('ABCDEFGH');
  expect(plainCode('ＡＢ２３ cdef')).toBe('AB23CDEF');
  expect(shownCode('ABCDEFGH')).toBe('ABCD-EFGH');
  expect(plainCode(shownCode(CODE_LETTERS))).toBe(CODE_LETTERS);
  expect(CODE_LETTERS).not.toMatch(/[01ILOU]/);
});
