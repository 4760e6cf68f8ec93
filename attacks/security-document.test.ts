import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ALL_ATTACKS } from './all-attacks.ts';
import { DOCUMENT_PATH, documentOf, observedIn, TABLES_BEGIN } from './security-document.ts';

test('every attack has its own name', () => {
  const ids = ALL_ATTACKS.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids.filter((id) => !/^[a-z]+\/[a-zA-Z0-9_-]+$/.test(id))).toEqual([]);
});

test('docs/security.md tells of every attack what was seen, and of no other', async () => {
  const text = await readFile(DOCUMENT_PATH, 'utf8');
  const told = observedIn(text);
  expect(told.map(([id]) => id).toSorted()).toEqual(ALL_ATTACKS.map(({ id }) => id).toSorted());
  expect(told.filter(([, observed]) => observed === 'not run yet')).toEqual([]);
});

test('a run of some attacks leaves what the document says of the others', async () => {
  const [first, second] = ALL_ATTACKS;
  if (first === undefined || second === undefined) throw new Error('no attacks');
  const before = new Map(observedIn(await readFile(DOCUMENT_PATH, 'utf8')));
  const outcome = { holds: false, observed: 'a | and\n a line' };
  const text = await documentOf([{ attack: first, outcome, durationMs: 1 }]);
  expect(text).toContain(TABLES_BEGIN);
  const after = new Map(observedIn(text));
  expect(after.get(first.id)).toBe('**broken:** a \\| and a line');
  expect(after.get(second.id)).toBe(before.get(second.id));
});
