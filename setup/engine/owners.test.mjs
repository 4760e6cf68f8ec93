import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifyProcess } from '../process-identity.mjs';
import { ownersIn } from './owners.mjs';

/** @type {string} */
let dir;
/** @type {import('node:child_process').ChildProcess} */
let other;

beforeEach(() => {
  dir = path.join(mkdtempSync(path.join(os.tmpdir(), 'owners-')), 'owners');
  other = spawn('sleep', ['30']);
});
afterEach(() => {
  other.kill('SIGKILL');
  rmSync(path.dirname(dir), { recursive: true });
});

function joinOther() {
  const pid = /** @type {number} */ (other.pid);
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, `${pid}.json`), JSON.stringify(identifyProcess(pid)));
  return pid;
}

test('who joins is no other to itself, and leaves nothing behind', () => {
  const owners = ownersIn(dir);
  owners.join();
  expect(owners.others()).toEqual([]);
  owners.leave();
  expect(readdirSync(dir)).toEqual([]);
});

test('a living owner keeps the engine', () => {
  const owners = ownersIn(dir);
  owners.join();
  const pid = joinOther();
  owners.leave();
  expect(owners.others()).toEqual([pid]);
});

test('an owner that was killed does not count, and neither does a stranger with its pid', async () => {
  const owners = ownersIn(dir);
  const pid = joinOther();
  other.kill('SIGKILL');
  await once(other, 'exit');
  writeFileSync(path.join(dir, '1.json'), JSON.stringify({ pid: process.ppid, startedAt: 'long ago' }));
  writeFileSync(path.join(dir, '2.json'), 'half wri');
  expect(owners.others()).toEqual([]);
  expect(readdirSync(dir)).not.toContain(`${pid}.json`);
});
