import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pagesIn, ROOT, read, textsIn, type UsedComponent, usedComponents } from './testing/pages.ts';

const FOLDER = join(ROOT, 'src/components/figures');
const files = globSync('*.astro', { cwd: FOLDER }).sort();
const names = new Set(files.map((file) => basename(file, '.astro')));
const pages = pagesIn('ko');
const figuresIn = (language: string, page: string): UsedComponent[] =>
  usedComponents(read(language, page)).filter(({ name }) => names.has(name));

/** What reads the same in both languages: settings, states, names, numbers. */
const CODE = /^[\d\s.,:;/()_=+×~%a-z-]*$/;
const isCode = (text: string): boolean => CODE.test(text) && !/[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(text);

test.each(files)('%s has a name for those who hear it, and a caption for all', (file) => {
  const source = readFileSync(join(FOLDER, file), 'utf8');
  expect(source).toContain('role="img" aria-label={title}');
  expect(source).toMatch(/<Figure \{caption\}>|<Figure caption=\{caption\}>/);
});

test.each(files)('%s writes no words of its own', (file) => {
  const markup = readFileSync(join(FOLDER, file), 'utf8').replace(/^---[\s\S]*?\n---\n/, '');
  const texts = markup.matchAll(/<text class="([^"]*)"[^>]*>([^<{]+)<\/text>/g);
  const words = [...texts]
    .filter(([, kind = '']) => !kind.split(' ').includes('code'))
    .map(([, , word]) => word);
  expect(words.filter((word = '') => !isCode(word.trim()))).toEqual([]);
});

test('every drawing is in a lesson', () => {
  const used = new Set(pages.flatMap((page) => figuresIn('ko', page).map(({ name }) => name)));
  expect([...names].filter((name) => !used.has(name))).toEqual([]);
});

describe.each(pages.filter((page) => figuresIn('ko', page).length > 0))('%s', (page) => {
  const ko = figuresIn('ko', page);
  const en = figuresIn('en', page);

  test('has the same drawings with as many texts', () => {
    const shape = (figures: UsedComponent[]) =>
      figures.map(({ name, attributes }) => [
        name,
        attributes.map(([key, value]) => [key, textsIn(value).length]),
      ]);
    expect(shape(en)).toEqual(shape(ko));
  });

  test('has every text of a drawing in its own language', () => {
    const untranslated = ko.flatMap(({ name, attributes }) =>
      attributes
        .flatMap(([, value]) => textsIn(value))
        .filter((text) => !/[가-힣]/.test(text) && !isCode(text))
        .map((text) => `${name}: ${text}`),
    );
    expect(untranslated).toEqual([]);
  });
});
