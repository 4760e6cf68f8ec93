import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stepRecord } from './record.mjs';

/** @type {string} */
let dir;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'record-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a step is done for the inputs that it was done for, until it is cleared', () => {
  const record = stepRecord('site', dir);
  expect(record.isFor('a')).toBe(false);
  record.write('a');
  expect(record.isFor('a')).toBe(true);
  expect(record.isFor('b')).toBe(false);
  record.clear();
  expect(record.isFor('a')).toBe(false);
});

test('a half-written record counts as not done', () => {
  writeFileSync(path.join(dir, 'site.json'), '{"inputs": "a');
  expect(stepRecord('site', dir).isFor('a')).toBe(false);
});
