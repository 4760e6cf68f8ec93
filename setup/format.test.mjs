import { expect, test } from 'vitest';
import { formatBytes, formatDuration } from './format.mjs';

test.each([
  [84, '84 ms'],
  [3210, '3.2 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 00 s'],
  [125_400, '2 min 05 s'],
])('%i ms read as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test.each([
  [512, '512 B'],
  [1536, '1.5 KiB'],
  [340 * 2 ** 20, '340 MiB'],
  [3 * 2 ** 30, '3.0 GiB'],
])('%i bytes read as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
