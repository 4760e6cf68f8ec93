import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { anchorsIn, attribute, pagesIn, ROOT, read, readContent, usedComponents } from './testing/pages.ts';

const pages = ['ko', 'en'].flatMap((language) => pagesIn(language).map((page) => ({ language, page })));
const terms = parse(readContent('terms.yaml')) as Record<string, unknown>;

/** `/ko/chapter-14/14-2/` → its page, or undefined. */
function pageAt(path: string): { language: string; page: string } | undefined {
  const [, language = '', rest = ''] = /^\/(ko|en)\/(.*?)\/?$/.exec(path) ?? [];
  const candidates = rest === '' ? ['index'] : [rest, `${rest}/index`];
  return pages.find(
    (one) => one.language === language && candidates.includes(one.page.replace(/\.mdx?$/, '')),
  );
}

/** Internal links of Markdown, HTML and component properties. */
const linksIn = (source: string): string[] =>
  [...source.matchAll(/(?:\]\(|href[:=] ?\{?['"])(\/(?:ko|en)\/[^)'"]*|#[^)'"]*)/g)].map(
    ([, link = '']) => link,
  );

test('sees links where there are some', () => {
  expect(linksIn('[a](/ko/glossary/) <a href="#x"> { href: \'/en/b/#c\' }')).toEqual([
    '/ko/glossary/',
    '#x',
    '/en/b/#c',
  ]);
  expect(pageAt('/ko/chapter-14/')?.page).toBe('chapter-14/index.mdx');
  expect(pageAt('/ko/nowhere/')).toBeUndefined();
});

describe.each(pages)('$language/$page', ({ language, page }) => {
  const source = read(language, page);

  test('links to pages and anchors that exist', () => {
    const broken = linksIn(source).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? { language, page } : pageAt(path);
      if (target === undefined) return true;
      if (anchor === undefined) return false;
      if (target.page.startsWith('glossary') && anchor in terms) return false;
      return !anchorsIn(read(target.language, target.page)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('shows outputs, files and words that exist', () => {
    const missing = usedComponents(source).flatMap((component) => {
      const file = attribute(component, 'file') ?? '';
      const path = attribute(component, 'path') ?? '';
      const id = attribute(component, 'id') ?? '';
      if (component.name === 'Output') return existsSync(join(ROOT, 'content/outputs', file)) ? [] : [file];
      if (component.name === 'LabFile') {
        return globSync(`labs/*/files/ch14/{exercises,lab}/${path}`, { cwd: ROOT }).length > 0 ? [] : [path];
      }
      return component.name !== 'Term' || id in terms ? [] : [id];
    });
    expect(missing).toEqual([]);
  });
});

test('every word of the glossary has both languages and a group with a heading', () => {
  const glossary = { ko: read('ko', 'glossary.mdx'), en: read('en', 'glossary.mdx') };
  for (const [id, term] of Object.entries(
    terms as Record<string, Record<string, { term: string; meaning: string }> & { group: string }>,
  )) {
    for (const language of ['ko', 'en'] as const) {
      expect(term[language]?.term, id).toBeTruthy();
      expect(term[language]?.meaning, id).toMatch(/[.?]$/);
      expect(glossary[language]).toContain(`<Glossary group="${term.group}" />`);
    }
    expect(term['en']?.meaning, id).not.toMatch(/[가-힣]/);
    expect(term['ko']?.meaning, id).toMatch(/[가-힣]/);
  }
});

test('Korean breaks between words, not inside them', () => {
  const css = readFileSync(join(ROOT, 'src/styles/typography.css'), 'utf8');
  expect(css).toMatch(/body \{[^}]*word-break: keep-all;[^}]*overflow-wrap: anywhere;/);
});
