import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { frontMatter, pagesIn, prose, read, readContent, usedComponents } from './testing/pages.ts';

const pages = pagesIn('ko');
const headings = (source: string) =>
  [...prose(source).matchAll(/^(#{2,4}) .*?\{#([a-z0-9-]+)\}$/gm)].map(([, marks, id]) => `${marks} ${id}`);
const headingLines = (source: string) => [...prose(source).matchAll(/^#{1,6} .*$/gm)];
const commands = (source: string) =>
  [...source.matchAll(/<Run command=(?:"([^"]*)"|\{`([\s\S]*?)`\})/g)].map((match) => match[1] ?? match[2]);
/** Components in order, with the attributes whose values are no prose. */
const components = (source: string) =>
  usedComponents(source).map(({ name, attributes }) => {
    const fixed = attributes
      .filter(([key, value]) => /^(id|file|path|group|mark)$/.test(key) && value.startsWith('"'))
      .map(([key, value]) => `${key}=${value.slice(1, -1)}`);
    return `${name}(${attributes.map(([key]) => key).join(',')}) ${fixed.join(' ')}`.trim();
  });

test('sees commands, components and anchors where there are some', () => {
  const lesson = read('ko', 'chapter-14/14-1.mdx');
  expect(commands(lesson)).toContain('docker swarm init');
  expect(commands(lesson).length).toBe(lesson.match(/<Run /g)?.length);
  expect(components(lesson)).toContain('Exercise(id) id=14.1-deploy');
  expect(components(lesson).length).toBe(lesson.match(/^\s*<[A-Z]|\S ?<Term/gm)?.length);
  expect(headings(lesson)).toContain('## deploy-v1');
});

test('both languages have the same pages', () => {
  expect(pagesIn('en')).toEqual(pages);
});

describe.each(pages)('%s', (page) => {
  const ko = read('ko', page);
  const en = read('en', page);

  test('has the same sections with the same anchors', () => {
    expect(headings(en)).toEqual(headings(ko));
    expect(headings(ko)).toHaveLength(headingLines(ko).length);
    expect(headings(en)).toHaveLength(headingLines(en).length);
  });

  test('has the same commands', () => {
    expect(commands(en)).toEqual(commands(ko));
  });

  test('has the same components in the same order', () => {
    expect(components(en)).toEqual(components(ko));
  });

  test('has the same front matter, apart from its texts', () => {
    expect(Object.keys(frontMatter(en))).toEqual(Object.keys(frontMatter(ko)));
    const { lab, lesson, template } = frontMatter(ko);
    expect(frontMatter(en)).toMatchObject(JSON.parse(JSON.stringify({ lab, lesson, template })));
  });

  test('explains a word of the glossary once', () => {
    const ids = [...ko.matchAll(/<Term id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('keeps Korean out of the English page', () => {
    expect(en.match(/[가-힣]+/g)).toBeNull();
  });

  test('links within its own language', () => {
    expect(ko).not.toMatch(/["(]\/en\//);
    expect(en).not.toMatch(/["(]\/ko\//);
  });

  test('has no English sentence in the Korean page', () => {
    const sentences = prose(ko)
      .split('\n')
      .filter((line) => /[A-Za-z]{2,}(?: [a-z]{2,}){4,}/.test(line) && !/[가-힣]/.test(line));
    expect(sentences).toEqual([]);
  });
});

const koreanTexts: [string, string][] = [
  ...pages.map((page): [string, string] => [page, prose(read('ko', page))]),
  ['i18n/ko.yaml', readContent('i18n/ko.yaml')],
  ['terms.yaml', readContent('terms.yaml')],
];

/** Ends of sentences in 해라체 and 합니다체. */
const OTHER_VOICE = /[^\s]*[가-힣]*(?:다|자|까|라)[.!?](?=[\s"”’')]|$)/gm;

test('knows the other voices when it sees them', () => {
  expect('다음을 배워 보자. 값은 6이다. 시작합니다.'.match(OTHER_VOICE)).toHaveLength(3);
  expect('왜 이 순서일까요? 이렇게 돼요. 하세요.'.match(OTHER_VOICE)).toBeNull();
});

test.each(koreanTexts)('%s speaks 해요체 throughout', (_name, text) => {
  expect(text.match(OTHER_VOICE)).toBeNull();
});

test.each(koreanTexts)('%s avoids the forms that the style guide names', (_name, text) => {
  expect(text.match(/을\(를\)|이\(가\)|은\(는\)|되어지|에 대해 알아보|어버라이드|롤캑/g)).toBeNull();
});

test('the two UI files have the same keys', () => {
  const keys = (language: string) => Object.keys(parse(readContent(`i18n/${language}.yaml`)));
  expect(keys('en').sort()).toEqual(keys('ko').sort());
});
