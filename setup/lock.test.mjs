import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from './lock.mjs';
import { identifyProcess } from './process-identity.mjs';
import { StoppedError } from './setup-error.mjs';

/** @type {string} */
let file;
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(os.tmpdir(), 'lock-')), 'setup.lock');
});
afterEach(() => rmSync(path.dirname(file), { recursive: true }));

test('is held until it is released', async () => {
  const release = await takeLock(file, { deadlineMs: 1000 });
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid);
  release();
  expect(existsSync(file)).toBe(false);
});

test('a second taker waits, says for whom, and gives up with a message', async () => {
  const release = await takeLock(file, { deadlineMs: 1000 });
  /** @type {number[]} */
  const waitedFor = [];
  const second = takeLock(file, { deadlineMs: 200, onWait: (pid) => waitedFor.push(pid) });
  await expect(second).rejects.toThrow(/too long/);
  expect(waitedFor).toEqual([process.pid]);
  release();
});

test('the lock of a dead process is free', async () => {
  const child = spawn('sleep', ['30']);
  const identity = identifyProcess(/** @type {number} */ (child.pid));
  writeFileSync(file, JSON.stringify(identity));
  child.kill('SIGKILL');
  await once(child, 'exit');
  (await takeLock(file, { deadlineMs: 1000 }))();
});

test('a living process with the same pid but another start is not the holder', async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: 'another boot' }));
  (await takeLock(file, { deadlineMs: 1000 }))();
});

test('waiting ends when the user stops', async () => {
  const release = await takeLock(file, { deadlineMs: 1000 });
  const controller = new AbortController();
  const second = takeLock(file, { deadlineMs: 5000, signal: controller.signal });
  controller.abort();
  await expect(second).rejects.toThrow(StoppedError);
  release();
});
