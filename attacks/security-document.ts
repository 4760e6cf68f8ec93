import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ALL_ATTACKS } from './all-attacks.ts';
import type { AttackResult } from './run-attacks.ts';

export const DOCUMENT_PATH = resolve(import.meta.dirname, '../docs/security.md');

const ROW = /^\| `(?<id>[^`]+)` \|.*? \| (?<observed>(?:[^|]|\\\|)+) \|$/;
const NOT_RUN = 'not run yet';

/** The document anew: what this run saw, and for attacks that it left out what stands there already. */
export async function documentOf(results: readonly AttackResult[]): Promise<string> {
  const text = await readFile(DOCUMENT_PATH, 'utf8');
  const seen = new Map(observedIn(text));
  for (const { attack, outcome } of results) {
    seen.set(attack.id, `${outcome.holds ? '' : '**broken:** '}${cell(outcome.observed)}`);
  }
  const head = text.slice(0, text.indexOf(TABLES_BEGIN) + TABLES_BEGIN.length);
  return `${head}\n\n${tables(seen)}\n`;
}

export const TABLES_BEGIN = '<!-- From here on written by: npm run test:attacks -- --write -->';

/** Attack → last outcome, as the document tells it. */
export function observedIn(text: string): [id: string, observed: string][] {
  return text.split('\n').flatMap((line): [string, string][] => {
    const groups = ROW.exec(line)?.groups;
    return groups?.['id'] === undefined ? [] : [[groups['id'], groups['observed']?.trim() ?? NOT_RUN]];
  });
}

function tables(seen: ReadonlyMap<string, string>): string {
  const groups = Object.entries(Object.groupBy(ALL_ATTACKS, ({ id }) => id.split('/')[0] ?? ''));
  return groups
    .map(([group, attacks = []]) => {
      const rows = attacks.map(
        ({ id, tried, from, must }) =>
          `| \`${id}\` | ${from} | ${cell(tried)} | ${cell(must)} | ${seen.get(id) ?? NOT_RUN} |`,
      );
      return [
        `## ${group}`,
        '',
        '| id | from | tried | must | observed |',
        '| --- | --- | --- | --- | --- |',
        ...rows,
      ].join('\n');
    })
    .join('\n\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}
