import { expect, test } from 'vitest';
import { makeLabsFolder, VALID_LABS } from '../testing/labs-folder.ts';
import type { Catalog } from './catalog.ts';
import { loadCatalog } from './load-catalog.ts';

const START =
  "export default [{ kind: 'state', id: 'here', messages: ['not-ready'], evaluate: () => ({ verdict: 'passed' }) }];\n";

interface ExerciseFiles {
  readonly extra?: boolean;
  readonly files?: Readonly<Record<string, string>>;
}

/** The demo lab with these exercises, each like its first one. */
async function catalogOf(exercises: Readonly<Record<string, ExerciseFiles>>): Promise<Catalog> {
  const files: Record<string, string> = {};
  for (const [name, text] of Object.entries(VALID_LABS)) if (!name.includes('exercises/')) files[name] = text;
  const ids = Object.keys(exercises);
  files['demo/lab.yaml'] = (files['demo/lab.yaml'] ?? '').replace('1.1-first', ids.join('\n  - '));
  for (const [id, { extra = false, files: own = {} }] of Object.entries(exercises)) {
    const folder = `demo/exercises/${id}`;
    for (const [name, text] of Object.entries(VALID_LABS)) {
      if (name.includes('exercises/')) files[name.replace('1.1-first', id)] = text.replace('1.1-first', id);
    }
    files[`${folder}/exercise.yaml`] += `extra: ${extra}\n`;
    files[`${folder}/start.ts`] = START;
    files[`${folder}/solution.sh`] = `solve ${id}\n`;
    for (const [file, text] of Object.entries(own)) files[`${folder}/${file}`] = text;
  }
  await using folder = await makeLabsFolder(files);
  return await loadCatalog(folder.path);
}

const way = (catalog: Catalog, id: string): string[] =>
  catalog
    .scriptsToStart(id)
    .map(({ exercise, script, leadsTo }) => `${exercise}: ${script.trim()} → ${leadsTo}`);

test('a start is rebuilt by what the exercises before it lead to, without extra ones', async () => {
  const catalog = await catalogOf({
    '1.1-a': {},
    '1.1-b': { files: { 'prepare.sh': 'prepare b\n' } },
    '1.1-x': { extra: true },
    '1.1-c': {},
  });
  const expected = ['1.1-a: solve 1.1-a → 1.1-b', '1.1-b: prepare b → 1.1-c'];
  expect(way(catalog, '1.1-c')).toEqual(expected);
  expect(way(catalog, '1.1-x')).toEqual([expected[0], '1.1-b: prepare b → 1.1-x']);
  expect(way(catalog, '1.1-a')).toEqual([]);
  expect(way(catalog, '9.9-unknown')).toEqual([]);
});

test('the nearest start.sh going back shortens the way', async () => {
  const start = { files: { 'start.sh': 'go\n' } };
  const catalog = await catalogOf({ '1.1-a': {}, '1.1-b': start, '1.1-c': {}, '1.1-d': start, '1.1-e': {} });
  expect(way(catalog, '1.1-b')).toEqual(['1.1-b: go → 1.1-b']);
  expect(way(catalog, '1.1-c')).toEqual(['1.1-b: go → 1.1-b', '1.1-b: solve 1.1-b → 1.1-c']);
  expect(way(catalog, '1.1-e')).toEqual(['1.1-d: go → 1.1-d', '1.1-d: solve 1.1-d → 1.1-e']);
});

test('a start.sh of an extra exercise leads to where it stands', async () => {
  const start = { extra: true, files: { 'start.sh': 'go\n' } };
  const catalog = await catalogOf({ '1.1-a': {}, '1.1-x': start, '1.1-b': {}, '1.1-c': {} });
  expect(way(catalog, '1.1-x')).toEqual(['1.1-x: go → 1.1-x']);
  expect(way(catalog, '1.1-b')).toEqual(['1.1-x: go → 1.1-b']);
  expect(way(catalog, '1.1-c')).toEqual(['1.1-x: go → 1.1-b', '1.1-b: solve 1.1-b → 1.1-c']);
});

test('the exercise after one is the next that counts', async () => {
  const catalog = await catalogOf({ '1.1-a': {}, '1.1-x': { extra: true }, '1.1-b': {} });
  expect(catalog.exerciseAfter('1.1-a')?.id).toBe('1.1-b');
  expect(catalog.exerciseAfter('1.1-b')).toBeNull();
});
