import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundLog, lastLines } from './log.mjs';

/** @type {string} */
let file;
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(os.tmpdir(), 'log-')), 'engine.log');
});
afterEach(() => rmSync(path.dirname(file), { recursive: true }));

test('a log over its bound moves aside and goes on empty', () => {
  appendFileSync(file, 'one\ntwo\nthree\n');
  boundLog(file, 100);
  expect(lastLines(file, 2)).toEqual(['two', 'three']);
  boundLog(file, 5);
  expect(readFileSync(file, 'utf8')).toBe('');
  expect(lastLines(`${file}.1`, 1)).toEqual(['three']);
});

test('a log that is not there has no lines', () => expect(lastLines(file, 3)).toEqual([]));
