import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withoutCostlyHas } from './loose-lists.ts';

const STARLIGHT = fileURLToPath(import.meta.resolve('@astrojs/starlight'));
const CSS = await readFile(STARLIGHT.replace(/starlight\/.*/, 'starlight/dist/style/markdown.css'), 'utf8');

test('the rule for loose lists asks only the item itself, and keeps its distance', () => {
  const rule = /[^}]*:is\(ol, ul\)[^}]*\{[^}]*margin-bottom: 1\.25rem;[^}]*\}/.exec(
    withoutCostlyHas(CSS),
  )?.[0];
  expect(rule).toContain('> li > :last-child:not(a, strong');
  expect(rule).not.toContain(':has(');
});

test('nothing else is touched', () => {
  const count = (css: string): number => css.split('{').length;
  expect(count(withoutCostlyHas(CSS))).toBe(count(CSS));
});

test('another rule in its place is told', () => {
  expect(() => withoutCostlyHas('.sl-markdown-content ul { margin: 0 }')).toThrow('has changed');
});
