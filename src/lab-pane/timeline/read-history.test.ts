import { computed, signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import type { LabController } from '../lab-controller.ts';
import { type LabHistory, NO_HISTORY, withEntries } from '../lab-history.ts';
import { readHistory } from './read-history.ts';

const PAGE = 3;

/** What the server has of each generation. */
let kept: Record<number, HistoryEntry[]>;
let asked: string[];
let isReachable: boolean;
let stop: () => void;

const entries = (from: number, to: number): HistoryEntry[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    atMs: from + index,
    seq: from + index,
    type: 'node-removed',
    node: 'node2',
  }));

function aLab() {
  const session = signal({ id: 's', generation: 1, status: { state: 'ready' } });
  const history = signal<LabHistory>(NO_HISTORY);
  const lab = {
    session,
    connection: signal('live'),
    model: computed(() => ({ history: history.value })),
    apply: (added: LabHistory) => {
      history.value = withEntries(history.peek(), added);
    },
  };
  return {
    ...lab,
    controller: lab as unknown as LabController,
    seqs: () => history.value.entries.map(({ seq }) => seq),
  };
}

let lab: ReturnType<typeof aLab>;
beforeEach(() => {
  kept = {};
  asked = [];
  isReachable = true;
  lab = aLab();
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    if (!isReachable) throw new TypeError('no network');
    const after = Number(/after=(\d+)/.exec(path)?.[1]);
    const { generation } = lab.session.peek();
    const all = kept[generation] ?? [];
    const found = all.filter(({ seq }) => seq > after);
    const page = {
      generation,
      entries: found.slice(0, PAGE),
      lastSeq: all.at(-1)?.seq ?? 0,
      hasMore: found.length > PAGE,
    };
    return new Response(JSON.stringify(page), { headers: { 'content-type': 'application/json' } });
  });
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

test('all that happened before is fetched, page by page, and what is told live follows', async () => {
  kept[1] = entries(1, 8);
  stop = readHistory(lab.controller);
  await vi.waitFor(() => expect(lab.seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]));
  expect(asked).toHaveLength(3);
  lab.apply({ generation: 1, entries: entries(9, 10) });
  await Promise.resolve();
  expect(asked).toHaveLength(3);
});

test('what is missing before news is fetched, and nothing twice', async () => {
  kept[1] = entries(1, 2);
  stop = readHistory(lab.controller);
  await vi.waitFor(() => expect(lab.seqs()).toEqual([1, 2]));
  kept[1] = entries(1, 6);
  lab.apply({ generation: 1, entries: entries(6, 6) });
  await vi.waitFor(() => expect(lab.seqs()).toEqual([1, 2, 3, 4, 5, 6]));
  expect(asked.at(-2)).toMatch(/after=2$/);
});

test('a page that was away asks for what it missed', async () => {
  kept[1] = entries(1, 2);
  stop = readHistory(lab.controller);
  await vi.waitFor(() => expect(lab.seqs()).toEqual([1, 2]));
  lab.connection.value = 'waiting';
  kept[1] = entries(1, 3);
  lab.connection.value = 'live';
  await vi.waitFor(() => expect(lab.seqs()).toEqual([1, 2, 3]));
});

test('a reset begins anew', async () => {
  kept[1] = entries(1, 4);
  stop = readHistory(lab.controller);
  await vi.waitFor(() => expect(lab.seqs()).toEqual([1, 2, 3, 4]));
  kept[2] = entries(1, 1);
  lab.session.value = { ...lab.session.value, generation: 2 };
  await vi.waitFor(() => expect(lab.seqs()).toEqual([1]));
  expect(asked.at(-1)).toMatch(/after=0$/);
});

test('while the server is away it is asked again and again, not all the time', async () => {
  vi.useFakeTimers();
  isReachable = false;
  kept[1] = entries(1, 1);
  stop = readHistory(lab.controller);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(asked).toHaveLength(3);
  isReachable = true;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(lab.seqs()).toEqual([1]);
  vi.useRealTimers();
});

test('nothing is asked for a lab that is closed', async () => {
  kept[1] = entries(1, 2);
  lab.session.value = { ...lab.session.value, status: { state: 'closed' } };
  stop = readHistory(lab.controller);
  expect(asked).toEqual([]);
  lab.session.value = { id: 'next', generation: 1, status: { state: 'ready' } };
  await vi.waitFor(() => expect(lab.seqs()).toEqual([1, 2]));
});

test('details that the server has given up are not asked for again', async () => {
  kept[1] = entries(5, 6);
  stop = readHistory(lab.controller);
  await vi.waitFor(() => expect(lab.seqs()).toEqual([5, 6]));
  lab.apply({ generation: 1, entries: entries(7, 7) });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toHaveLength(1);
});
