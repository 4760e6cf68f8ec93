import { expect, test } from 'vitest';
import { isDebianFamily } from './apt.mjs';

test.each([
  ['ID=debian\n', true],
  ['ID=ubuntu\nID_LIKE=debian\n', true],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ['ID=fedora\nNAME="not debian"\n', false],
  ['', false],
])('%j is a system with apt: %s', (text, expected) => expect(isDebianFamily(text)).toBe(expected));
