import { expect, test } from 'vitest';
import { unfinishedFrom } from './unfinished-tail.ts';

const tailOf = (text: string | Buffer): string => {
  const bytes = Buffer.from(text as string);
  return bytes.subarray(unfinishedFrom(bytes)).toString('latin1');
};

test.each([
  ['plain text', ''],
  ['done \x1b[31mred\x1b[0m', ''],
  ['title \x1b]2;x\x07', ''],
  ['title \x1b]2;x\x1b\\', ''],
  ['한글', ''],
  ['mark \x1b]133;A\x1b\\$ ', ''],
  ['bare \x1b', '\x1b'],
  ['colour \x1b[3', '\x1b[3'],
  ['mode \x1b[?25', '\x1b[?25'],
  ['charset \x1b(', '\x1b('],
  ['charset \x1b(B', ''],
  ['title \x1b]2;half', '\x1b]2;half'],
  ['title \x1b]2;half\x1b', '\x1b]2;half\x1b'],
  ['title \x1b]2;x\x07 and \x1b', '\x1b'],
  ['query \x1bP$qm', '\x1bP$qm'],
])('%j leaves %j unfinished', (text, tail) => {
  expect(tailOf(text)).toBe(tail);
});

test.each([
  [Buffer.from('한').subarray(0, 1), 1],
  [Buffer.from('a한').subarray(0, 3), 2],
  [Buffer.from('😀').subarray(0, 3), 3],
  [Buffer.from('é').subarray(0, 1), 1],
  [Buffer.from([0x80, 0x80]), 0],
])('a cut character is unfinished: %j', (bytes, length) => {
  expect(tailOf(bytes).length).toBe(length);
});
