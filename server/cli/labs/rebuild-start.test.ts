import { expect, test } from 'vitest';
import { Catalog, type CatalogExercise } from '../../catalog/catalog.ts';
import type { Outcome } from '../../domain/grading/outcome.ts';
import { rebuildStart } from './rebuild-start.ts';

const exercise = (id: string): CatalogExercise =>
  ({
    id,
    lab: 'demo',
    extra: false,
    startScript: null,
    preparation: null,
    solution: `solve ${id}`,
  }) as CatalogExercise;
const exercises = ['1.1-a', '1.1-b', '1.1-c'].map(exercise);
const catalog = new Catalog([{ id: 'demo', definition: {} as never, filesFolder: '', exercises }]);
const difference = { id: 'services', message: { ko: '', en: 'There are none.' } } as Outcome;

/** A lab whose scripts bring it one exercise further each. */
function labAt(target: string, parts: { exit?: number; stuck?: boolean } = {}) {
  const run: string[] = [];
  const lab = {
    exercise: catalog.exercise(target)!,
    runScript: async (script: string) => {
      run.push(script);
      return { exit: parts.exit ?? 0, output: 'what it printed' };
    },
    startDifferences: ({ id }: CatalogExercise) => {
      const isThere = exercises[run.length]?.id === id && !parts.stuck;
      return isThere ? [] : [difference];
    },
    waitUntil: async (isTrue: () => boolean) => isTrue(),
  };
  return { lab, run };
}

test('each script leads to the next start', async () => {
  const { lab, run } = labAt('1.1-c');
  await rebuildStart(lab, catalog);
  expect(run).toEqual(['solve 1.1-a', 'solve 1.1-b']);
});

test('a script that fails ends it, with what it printed', async () => {
  const { lab, run } = labAt('1.1-c', { exit: 3 });
  await expect(rebuildStart(lab, catalog)).rejects.toThrow(
    /1\.1-a .* 1\.1-b \(it ended with 3\)[\s\S]*printed/,
  );
  expect(run).toHaveLength(1);
});

test('a script that leads elsewhere is told with the differences', async () => {
  const { lab } = labAt('1.1-b', { stuck: true });
  await expect(rebuildStart(lab, catalog)).rejects.toThrow('services: There are none.');
});

test('a first exercise begins with the fresh lab, or says why not', async () => {
  await rebuildStart(labAt('1.1-a').lab, catalog);
  await expect(rebuildStart(labAt('1.1-a', { stuck: true }).lab, catalog)).rejects.toThrow(
    'A fresh lab is not the start of 1.1-a',
  );
});
