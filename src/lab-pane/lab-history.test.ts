import { expect, test } from 'vitest';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import { NO_HISTORY, readUpTo, withEntries } from './lab-history.ts';

const entries = (...seqs: number[]): HistoryEntry[] =>
  seqs.map((seq) => ({ seq, atMs: seq, type: 'node-removed', node: 'node2' }));
const seqs = (known: { entries: readonly HistoryEntry[] }) => known.entries.map(({ seq }) => seq);

test('news, and pages that were asked for, come together in their order and once', () => {
  let known = withEntries(NO_HISTORY, { generation: 1, entries: entries(7, 8) });
  known = withEntries(known, { generation: 1, entries: entries(1, 2, 3, 7) });
  known = withEntries(known, { generation: 1, entries: entries(9) });
  expect(seqs(known)).toEqual([1, 2, 3, 7, 8, 9]);
});

test('a reset begins anew, and what comes late of before it is dropped', () => {
  let known = withEntries(NO_HISTORY, { generation: 1, entries: entries(1, 2) });
  known = withEntries(known, { generation: 2, entries: entries(1) });
  expect(known).toMatchObject({ generation: 2 });
  expect(seqs(withEntries(known, { generation: 1, entries: entries(3) }))).toEqual([1]);
});

test('what is missing is found', () => {
  expect(readUpTo(entries(1, 2, 3), 0)).toBe(3);
  expect(readUpTo(entries(1, 2, 5, 6), 0)).toBe(2);
  expect(readUpTo(entries(1, 2, 5, 6), 4)).toBe(6);
});

test('it does not grow without end', () => {
  let known = withEntries(NO_HISTORY, { generation: 1, entries: [] });
  const many = Array.from({ length: 12_000 }, (_, index) => index + 1);
  known = withEntries(known, { generation: 1, entries: entries(...many) });
  expect(known.entries).toHaveLength(10_000);
  expect(known.entries.at(-1)?.seq).toBe(12_000);
});
