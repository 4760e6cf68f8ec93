import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { makeLabsFolder, VALID_LABS } from '../../testing/labs-folder.ts';
import { courseCatalog } from '../../testing/recordings.ts';
import { listJson, listText } from './list.ts';
import { scaffold } from './new.ts';
import { proofsOf } from './proof.ts';

test('list has the form that scripts rely on', async () => {
  const { exercises } = listJson(await courseCatalog());
  expect(exercises[0]).toEqual({
    id: '14.1-deploy',
    lesson: '14.1',
    lab: 'numbers',
    nodes: 1,
    checks: expect.arrayContaining(['swarm-active', 'api-replicas']),
  });
  expect(listText(await courseCatalog())).toContain('14.1-inspect');
});

test('a new exercise has all its files and loads at once', async () => {
  await using folder = await makeLabsFolder({ ...VALID_LABS, ...(await realKitMessages()) });
  const made = await scaffold(folder.path, await loadCatalog(folder.path), '1.1-second');
  expect(made.map((file) => file.slice(folder.path.length + 1))).toEqual([
    'demo/exercises/1.1-second/exercise.yaml',
    'demo/exercises/1.1-second/ko.yaml',
    'demo/exercises/1.1-second/en.yaml',
    'demo/exercises/1.1-second/checks.ts',
    'demo/exercises/1.1-second/start.ts',
    'demo/exercises/1.1-second/solution.sh',
    'demo/exercises/1.1-second/wrong/only-looked.sh',
    'demo/lab.yaml',
  ]);
  const catalog = await loadCatalog(folder.path);
  expect(catalog.exercises().map((exercise) => exercise.id)).toEqual(['1.1-first', '1.1-second']);
});

test.each([
  ['1.1-first', undefined, 'exists already'],
  ['second', undefined, 'is no exercise id'],
  ['../1.1-x', undefined, 'is no exercise id'],
  ['1.1-second', 'nowhere', 'There is no lab "nowhere"'],
])('%s in lab %s is refused: %s', async (id, lab, reason) => {
  await using folder = await makeLabsFolder(VALID_LABS);
  const catalog = await loadCatalog(folder.path);
  await expect(scaffold(folder.path, catalog, id, lab)).rejects.toThrow(reason);
});

test('every wrong answer is proven, those that change nothing with the solution', async () => {
  const catalog = await courseCatalog();
  const inspect = catalog.exercise('14.1-inspect');
  expect(inspect && proofsOf(inspect).map((proof) => proof.name)).toEqual([
    'solution',
    'wrong/removed-by-hand',
    'wrong/guessed-the-cause',
  ]);
});

async function realKitMessages(): Promise<Record<string, string>> {
  const read = (name: string) => readFile(join(import.meta.dirname, '../../../labs/kit', name), 'utf8');
  return {
    'kit/messages.ko.yaml': await read('messages.ko.yaml'),
    'kit/messages.en.yaml': await read('messages.en.yaml'),
  };
}
