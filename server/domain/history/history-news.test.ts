import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import { HistoryNews } from './history-news.ts';

const entries = (from: number, count: number): HistoryEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    atMs: 1,
    seq: from + index,
    type: 'node-removed',
    node: 'n',
  }));

let told: number[][];
let news: HistoryNews;
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  news = new HistoryNews((added) => told.push(added.map(({ seq }) => seq)));
});
afterEach(() => void vi.useRealTimers());

test('what comes in a burst is told together, in its order', () => {
  for (const seq of [1, 2, 3]) news.push(entries(seq, 1));
  expect(told).toEqual([]);
  vi.runAllTimers();
  news.push(entries(4, 1));
  vi.runAllTimers();
  expect(told).toEqual([[1, 2, 3], [4]]);
});

test('a flood is told in events of a bounded size', () => {
  news.push(entries(1, 1_000));
  vi.runAllTimers();
  expect(told.flat()).toHaveLength(1_000);
  expect(Math.max(...told.map((event) => event.length))).toBeLessThanOrEqual(200);
});

test('what waits is told at the end', () => {
  news.push(entries(1, 1));
  news[Symbol.dispose]();
  expect(told).toEqual([[1]]);
});
