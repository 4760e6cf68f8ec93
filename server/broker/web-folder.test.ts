import { chown, link, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Config, inFolder, readConfig } from '../config.ts';
import { prepareWebFolder } from './web-folder.ts';

const USER = { uid: 74321, gid: 74321 };
const OTHER = { uid: 74322, gid: 74322 };

let folder: string;
let config: Config;
const inData = (...names: string[]) => join(folder, 'data', ...names);
const ownerOf = async (path: string): Promise<number> => (await lstat(path)).uid;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'web-folder-'));
  await mkdir(inData(), { mode: 0o700 });
  config = inFolder(readConfig({}), inData());
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a database of before moves into the folder, and one that is there already is not overwritten', async () => {
  for (const name of ['rollout-lab.db', 'rollout-lab.db-wal']) await writeFile(inData(name), name);
  await prepareWebFolder(config, null);
  expect(await readFile(inData('web/rollout-lab.db'), 'utf8')).toBe('rollout-lab.db');
  expect(await readFile(inData('web/rollout-lab.db-wal'), 'utf8')).toBe('rollout-lab.db-wal');
  await writeFile(inData('rollout-lab.db'), 'another');
  await prepareWebFolder(config, null);
  expect(await readFile(inData('web/rollout-lab.db'), 'utf8')).toBe('rollout-lab.db');
});

describe.runIf(process.getuid?.() === 0)('as root', () => {
  test('the user gets its own folder with all in it, and passage to it, and nothing else', async () => {
    await mkdir(inData('screens'));
    await writeFile(inData('screens/t1.json'), '');
    await writeFile(inData('rollout-lab.db'), '');
    await mkdir(inData('setup'));
    await prepareWebFolder(config, USER);
    for (const name of ['web', 'web/rollout-lab.db', 'web/screens', 'web/screens/t1.json']) {
      expect(await ownerOf(inData(name)), name).toBe(USER.uid);
    }
    for (const name of ['.', 'setup']) expect(await ownerOf(inData(name)), name).toBe(0);
    expect((await lstat(inData())).mode & 0o777).toBe(0o711);
    expect((await lstat(inData('web'))).mode & 0o777).toBe(0o700);
  });

  test('another user, and root itself, take it over with all in it', async () => {
    await prepareWebFolder(config, USER);
    await writeFile(inData('web/rollout-lab.db'), '');
    await chown(inData('web/rollout-lab.db'), USER.uid, USER.gid);
    await prepareWebFolder(config, OTHER);
    expect(await ownerOf(inData('web/rollout-lab.db'))).toBe(OTHER.uid);
    await prepareWebFolder(config, null);
    expect(await ownerOf(inData('web'))).toBe(0);
    expect(await ownerOf(inData('web/rollout-lab.db'))).toBe(0);
  });

  test('a database that root has put back from a copy is given to the user', async () => {
    await prepareWebFolder(config, USER);
    await writeFile(inData('web/rollout-lab.db'), '', { mode: 0o600 });
    await prepareWebFolder(config, USER);
    expect(await ownerOf(inData('web/rollout-lab.db'))).toBe(USER.uid);
  });

  test('links that a user left lead nowhere when the folder changes hands', async () => {
    await prepareWebFolder(config, USER);
    await writeFile(join(folder, 'secret'), 'root only');
    await mkdir(join(folder, 'secrets'));
    await symlink(join(folder, 'secret'), inData('web/rollout-lab.db'));
    await symlink(join(folder, 'secrets'), inData('web/screens'));
    await prepareWebFolder(config, OTHER);
    expect(await ownerOf(join(folder, 'secret'))).toBe(0);
    expect(await ownerOf(join(folder, 'secrets'))).toBe(0);
  });

  test('a file with a second name elsewhere does not change hands', async () => {
    await prepareWebFolder(config, USER);
    await writeFile(join(folder, 'secret'), 'root only');
    await link(join(folder, 'secret'), inData('web/screen.json'));
    await expect(prepareWebFolder(config, OTHER)).rejects.toThrow('second name');
    expect(await ownerOf(join(folder, 'secret'))).toBe(0);
  });

  test('a data folder that the user could write to is refused', async () => {
    await chown(inData(), USER.uid, 0);
    await expect(prepareWebFolder(config, USER)).rejects.toThrow('chown root:root');
  });
});
