import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { homeArchive } from './home-archive.ts';

async function namesIn(archive: Buffer): Promise<string[]> {
  const names: string[] = [];
  const reader = extract();
  reader.end(archive);
  for await (const entry of reader) {
    names.push(entry.header.name);
    entry.resume();
  }
  return names;
}

test('files behind a link to a folder are part of the home, so that labs can share them', async () => {
  await using stack = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), 'home-archive-'));
  stack.defer(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'shared/numbers'), { recursive: true });
  await mkdir(join(root, 'lab/front'), { recursive: true });
  await writeFile(join(root, 'shared/numbers/v1.yml'), '');
  await writeFile(join(root, 'lab/front/front.yml'), '');
  await symlink('../shared/numbers', join(root, 'lab/numbers'));
  expect(await namesIn(await homeArchive(join(root, 'lab'), null))).toEqual([
    'front/front.yml',
    'numbers/v1.yml',
  ]);
});
