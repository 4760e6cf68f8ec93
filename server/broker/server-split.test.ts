import { spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blockedFolders } from './blocked-folders.ts';
import { reachesEngine, rightsLeft } from './server-split.ts';

const USER = { uid: 74321, gid: 74321 };

test('an engine behind TCP is open to everybody', async () => {
  expect(await reachesEngine('tcp://127.0.0.1:2375', USER)).toContain('every program');
});

test.runIf(process.getuid?.() === 0)('a socket is closed by its owner, group and mode', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'split-'));
  const path = join(folder, 'engine.sock');
  const server = createServer().listen(path);
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    await chmod(path, 0o660);
    expect(await reachesEngine(`unix://${path}`, USER)).toBeNull();
    await chown(path, 0, USER.gid);
    expect(await reachesEngine(`unix://${path}`, USER)).toContain('lets user 74321 in');
    await chown(path, 0, 0);
    await chmod(path, 0o666);
    expect(await reachesEngine(`unix://${path}`, USER)).toContain('lets user 74321 in');
    await chmod(folder, 0o700);
    expect(await blockedFolders([join(folder, 'a'), path])).toEqual([folder]);
    await chmod(folder, 0o711);
    expect(await blockedFolders([path])).toEqual([]);
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('a process that has kept something is found out', () => {
  expect(rightsLeft(process.pid, USER)).toMatch(/Uid|NoNewPrivs/);
  expect(rightsLeft(2 ** 30, USER)).toContain('Uid ?');
});

test.runIf(process.getuid?.() === 0)('a process that has nothing left passes', async () => {
  const dropped = ['--clear-groups', '--no-new-privs', '--inh-caps=-all', '--ambient-caps=-all'];
  const program = ['--bounding-set=-all', `--reuid=${USER.uid}`, `--regid=${USER.gid}`, 'sleep', '60'];
  const child = spawn('setpriv', [...dropped, ...program], { stdio: 'ignore' });
  try {
    await expect.poll(() => rightsLeft(child.pid ?? 0, USER), { timeout: 8_000 }).toBeNull();
  } finally {
    child.kill();
  }
});
