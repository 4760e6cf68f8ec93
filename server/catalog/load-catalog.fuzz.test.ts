import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FUZZ_SEED, fuzz, json, text } from '../testing/fuzz.ts';
import { makeLabsFolder, VALID_LABS } from '../testing/labs-folder.ts';
import { CatalogError } from './catalog-error.ts';
import { loadCatalog } from './load-catalog.ts';

console.info(`fuzz seed ${FUZZ_SEED}`);

const LAB = 'demo/lab.yaml';
const FILES = [
  LAB,
  'demo/exercises/1.1-first/exercise.yaml',
  'demo/exercises/1.1-first/ko.yaml',
  'kit/messages.en.yaml',
] as const;
const DEADLINE_MS = 3_000;

/** Loads the valid folder with one file changed; anything but a catalogue or a list of problems fails. */
async function outcome(file: string, content: string): Promise<string[]> {
  await using folder = await makeLabsFolder({ ...VALID_LABS, [file]: content });
  const startedMs = performance.now();
  try {
    await loadCatalog(folder.path);
    return [];
  } catch (failure) {
    if (!(failure instanceof CatalogError)) throw failure;
    expect(failure.problems.length).toBeGreaterThan(0);
    return failure.problems.map((problem) => problem.file);
  } finally {
    expect(performance.now() - startedMs).toBeLessThan(DEADLINE_MS);
  }
}

const lines = fc.array(
  fc.oneof(
    text,
    fc.constantFrom(
      'a: &a [x]',
      'b: *a',
      '<<: *a',
      '- - - -',
      '? {',
      '!!js/function x',
      '!!binary x',
      '%YAML 9',
      '---',
      '...',
      '\t',
      'exercises:',
      'files: ../..',
      'id: __proto__',
    ),
    json.map((value) => JSON.stringify(value) ?? ''),
  ),
  { maxLength: 12 },
);

test('any text in place of a definition is refused with its name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FILES), lines, async (file, parts) => {
      const files = await outcome(file, parts.join('\n'));
      if (files.length > 0) expect(files.some((name) => name.endsWith(file))).toBe(true);
    }),
    fuzz(60),
  );
});

test('a line of a right definition that was changed is refused or harmless', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FILES),
      fc.nat(),
      fc.oneof(text, json.map(String)),
      async (file, at, put) => {
        const whole = (VALID_LABS[file] ?? '').split('\n');
        const line = at % whole.length;
        await outcome(file, whole.with(line, (whole[line] ?? '').replace(/:.*$/, `: ${put}`)).join('\n'));
      },
    ),
    fuzz(60),
  );
});

const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
for (let level = 1; level < 12; level++) {
  const [name, before] = [level, level - 1].map((n) => String.fromCharCode(97 + n));
  bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`);
}

test.each([
  ['a billion laughs', bomb.join('\n')],
  ['an alias of itself', 'id: &a [*a]'],
  [
    'merges of merges',
    `a: &a {k: v}\n${Array.from({ length: 500 }, (_, n) => `m${n}: {<<: *a}`).join('\n')}`,
  ],
  ['brackets without end', '['.repeat(100_000)],
  ['brackets as deep as the file may be long', `id: ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['maps as deep', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['a huge file', `id: ${'x'.repeat(50_000_000)}`],
  ['six thousand keys', Array.from({ length: 6_000 }, (_, n) => `k${n}: 1`).join('\n')],
  ['keys of the prototype', '__proto__: {a: 1}\nconstructor: {prototype: {a: 1}}'],
  ['not UTF-8', '\ufffd\u0000\ufeff'],
])('%s in lab.yaml is refused by name, in time', async (_name, content) => {
  expect((await outcome(LAB, content)).some((name) => name.endsWith(LAB))).toBe(true);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});

test.each(['../..', '/etc', '..', 'exercises/../../..', 'files/../..'])(
  'files: %s does not lead out of the lab',
  async (files) => {
    const content = (VALID_LABS[LAB] ?? '').replace('files: files', `files: ${files}`);
    expect((await outcome(LAB, content)).some((name) => name.endsWith(LAB))).toBe(true);
  },
);

test.each([
  ['a link to a file elsewhere', (folder: string) => symlink('/etc/passwd', join(folder, 'passwd'))],
  ['a link to a folder elsewhere', (folder: string) => symlink('/etc', join(folder, 'etc'))],
  ['a link to itself', (folder: string) => symlink('.', join(folder, 'self'))],
  ['a link to nothing', (folder: string) => symlink('nothing', join(folder, 'nothing'))],
])('%s among the files is refused by the name of the lab', async (_name, put) => {
  await using folder = await makeLabsFolder(VALID_LABS);
  await put(join(folder.path, 'demo/files/work'));
  await expect(loadCatalog(folder.path)).rejects.toThrow(/demo/);
});

test('a folder of files that is itself a link is refused', async () => {
  await using folder = await makeLabsFolder({ ...VALID_LABS, 'demo/files/work/note.txt': null });
  await symlink('/etc', join(folder.path, 'demo/files'));
  await expect(loadCatalog(folder.path)).rejects.toThrow(/lab\.yaml/);
});

test('files that are too many or too large for a home are refused', async () => {
  await using folder = await makeLabsFolder(VALID_LABS);
  const work = join(folder.path, 'demo/files/work');
  await mkdir(work, { recursive: true });
  await writeFile(join(work, 'big'), Buffer.alloc(20 * 1024 * 1024));
  await expect(loadCatalog(folder.path)).rejects.toThrow(/MiB/);
});
