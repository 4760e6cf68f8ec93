import { expect, test } from 'vitest';
import { decodeRoster, readRoster } from './roster-file.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const names = (text: string) => readRoster(text).map(({ name }) => name);

test('UTF-8 is read with and without its mark, UTF-16 with one, and what Excel saves in Korea', () => {
  expect(decodeRoster(utf8('이름\n김민수'))).toBe('이름\n김민수');
  expect(decodeRoster(utf8('\ufeff이름\n김민수'))).toBe('이름\n김민수');
  // 이름, line feed, 김. Browsers take this label for all of CP949; e2e has a letter that only it has.
  const korean = [0xc0, 0xcc, 0xb8, 0xa7, 0x0a, 0xb1, 0xe8];
  expect(decodeRoster(new Uint8Array(korean))).toBe('이름\n김');
  expect(decodeRoster(new Uint8Array([0xff, 0xfe, 0x40, 0xae]))).toBe('김');
  expect(decodeRoster(new Uint8Array([0x41, 0xff, 0xff]))).toBeNull();
});

test.each([
  ['commas', '번호,이름\r\n1,김민수\r\n2,이서연\r\n'],
  ['semicolons', 'No;Name\n1;김민수\n2;이서연'],
  ['tabs', '학번\t성명\n1\t김민수\n2\t이서연'],
  ['no header and one column', '김민수\n\n이서연\n'],
])('the names of a table with %s', (_what, text) => {
  expect(names(text)).toEqual(['김민수', '이서연']);
});

test('quotes hold separators, quotes and line breaks, and lines are counted as an editor does', () => {
  const lines = readRoster('Name,Note\n"Kim, ""Max""",x\nLee,"two\nlines"\n,empty\n');
  expect(lines).toEqual([
    { line: 2, name: 'Kim, "Max"', fault: null },
    { line: 3, name: 'Lee', fault: null },
    { line: 5, name: '', fault: 'empty' },
  ]);
});

test('what can not be a name is said with its line, and a name that is there already is numbered later', () => {
  const lines = readRoster(`Kim\nkim\n${'x'.repeat(41)}\nA\u202eB\nLee`, ['lee']);
  expect(lines.map(({ line, fault }) => [line, fault])).toEqual([
    [1, null],
    [2, 'twice'],
    [3, 'long'],
    [4, 'characters'],
    [5, 'twice'],
  ]);
});

test('a formula that our export has defused comes back as it was', () => {
  expect(names("Name\n'=1+1\n'quoted")).toEqual(['=1+1', "'quoted"]);
});
