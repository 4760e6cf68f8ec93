import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const CONTENT = join(import.meta.dirname, '..');
export const ROOT = join(CONTENT, '..');
const DOCS = join(CONTENT, 'docs');

export const pagesIn = (language: string): string[] =>
  globSync('**/*.{md,mdx}', { cwd: join(DOCS, language) }).sort();
export const read = (language: string, page: string): string =>
  readFileSync(join(DOCS, language, page), 'utf8');
export const readContent = (path: string): string => readFileSync(join(CONTENT, path), 'utf8');

/** Prose only: without front matter, imports, code and the names that components take. */
export function prose(source: string): string {
  return source
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/^import .*$/gm, '')
    .replace(/```[\s\S]*?```/g, '')
    .replace(/<Run [\s\S]*?\/>/g, '')
    .replace(/`[^`\n]*`/g, '');
}

export const frontMatter = (source: string): Record<string, unknown> =>
  parse(/^---\n([\s\S]*?)\n---/.exec(source)?.[1] ?? '') as Record<string, unknown>;

export interface UsedComponent {
  readonly name: string;
  /** Attribute values as written: with their quotes or braces. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** Components in order, with their attributes. */
export function usedComponents(source: string): UsedComponent[] {
  const tags = source
    .replace(/^import .*$/gm, '')
    .matchAll(/<([A-Z][A-Za-z]+)((?:\s+[a-zA-Z]+=(?:"[^"]*"|\{(?:[^{}]|\{[^{}]*\})*\}))*)/g);
  return [...tags].map(([, name = '', attributes = '']) => ({
    name,
    attributes: [...attributes.matchAll(/\s([a-zA-Z]+)=("[^"]*"|\{(?:[^{}]|\{[^{}]*\})*\})/g)].map(
      ([, key = '', value = '']) => [key, value] as const,
    ),
  }));
}

/** Every text inside an attribute: one for a string, several for a list. */
export const textsIn = (value: string): string[] =>
  value.startsWith('"')
    ? [value.slice(1, -1)]
    : [...value.matchAll(/'((?:[^'\\]|\\.)*)'|"([^"]*)"/g)].map((match) => match[1] ?? match[2] ?? '');

export const attribute = (component: UsedComponent, name: string): string | undefined => {
  const value = component.attributes.find(([key]) => key === name)?.[1];
  return value === undefined ? undefined : textsIn(value)[0];
};

/** The heading ids of a page, from `{#id}`. */
export const anchorsIn = (source: string): string[] =>
  [...source.matchAll(/^#{1,6} .*?\{#([a-z0-9-]+)\}$/gm)].map(([, id = '']) => id);
