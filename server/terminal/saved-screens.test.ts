import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SavedScreens, type SavedTerminal } from './saved-screens.ts';

const TERMINAL = {
  id: 't00000000001',
  labSessionId: 'lab0000000000000',
  node: 'node1',
  number: 2,
  screen: { cols: 80, rows: 24, shell: 'prompt', exitCode: 0, snapshot: '한글\x1b[m' },
} as unknown as SavedTerminal;

let folder: string;
let saved: SavedScreens;
const path = (): string => join(folder, 'screens', `${TERMINAL.id}.json`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'screens-'));
  saved = new SavedScreens(join(folder, 'screens'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what is taken is what was saved, for the owner only, and once', async () => {
  await saved.save(TERMINAL);
  await saved.save(TERMINAL);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'screens')).mode & 0o777).toBe(0o700);
  expect(await saved.take(TERMINAL.id)).toEqual(TERMINAL);
  expect(existsSync(path())).toBe(false);
  expect(await saved.take(TERMINAL.id)).toBeNull();
});

test('an old or damaged file is deleted unread', async () => {
  await saved.save(TERMINAL);
  utimesSync(path(), new Date(0), new Date(0));
  expect(await saved.take(TERMINAL.id)).toBeNull();
  writeFileSync(path(), '{"id":');
  expect(await saved.take(TERMINAL.id)).toBeNull();
  expect(readdirSync(join(folder, 'screens'))).toEqual([]);
});

test('everything is discarded, and nothing is no error', async () => {
  await saved.discardAll();
  await saved.save(TERMINAL);
  await saved.discardAll();
  expect(readdirSync(join(folder, 'screens'))).toEqual([]);
});
