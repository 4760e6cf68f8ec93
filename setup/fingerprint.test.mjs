import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './fingerprint.mjs';

/** @type {string} */
let dir;

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'fingerprint-'));
  mkdirSync(path.join(dir, 'src', 'node_modules'), { recursive: true });
  writeFileSync(path.join(dir, 'src', 'a.txt'), 'a');
});

afterEach(() => rmSync(dir, { recursive: true }));

test('is the same for the same content, whatever the order of the entries', () => {
  writeFileSync(path.join(dir, 'b.txt'), 'b');
  expect(fingerprint(dir, ['src', 'b.txt'])).toBe(fingerprint(dir, ['b.txt', 'src']));
});

test.each([
  ['the content', () => writeFileSync(path.join(dir, 'src', 'a.txt'), 'b')],
  ['an executable bit', () => chmodSync(path.join(dir, 'src', 'a.txt'), 0o755)],
  ['a new file', () => writeFileSync(path.join(dir, 'src', 'c.txt'), '')],
  ['a link', () => symlinkSync('a.txt', path.join(dir, 'src', 'l.txt'))],
  ['a missing entry', () => rmSync(path.join(dir, 'src'), { recursive: true })],
])('changes with %s', (_what, change) => {
  const before = fingerprint(dir, ['src']);
  change();
  expect(fingerprint(dir, ['src'])).not.toBe(before);
});

test('leaves out installed packages and what the caller ignores', () => {
  const options = { ignore: (/** @type {string} */ file) => file.endsWith('.md') };
  const before = fingerprint(dir, ['src'], options);
  writeFileSync(path.join(dir, 'src', 'node_modules', 'x.js'), 'x');
  writeFileSync(path.join(dir, 'src', 'README.md'), 'x');
  expect(fingerprint(dir, ['src'], options)).toBe(before);
});
