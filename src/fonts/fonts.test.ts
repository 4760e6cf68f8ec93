import { glob, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const TEXTS = ['content/**/*.{mdx,yaml}', 'src/**/*.{ts,tsx,astro}', 'labs/**/*.yaml', 'contract/**/*.ts'];
/** A page that shows one of them fetches a whole face: a few are borne. */
const MISSING_AT_MOST = 20;

test('the first slices of the fonts hold the syllables of the course', async () => {
  const sliced = new Set(await readFile(join(import.meta.dirname, 'characters.txt'), 'utf8'));
  const missing = new Set<string>();
  for await (const file of glob(TEXTS, { cwd: ROOT })) {
    const text = await readFile(join(ROOT, file), 'utf8');
    for (const char of text.match(/[가-힣]/g) ?? []) if (!sliced.has(char)) missing.add(char);
  }
  expect([...missing].slice(MISSING_AT_MOST), 'run python3 src/fonts/slice.py').toEqual([]);
});
