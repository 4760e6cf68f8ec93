import { expect, test } from 'vitest';
import type { CareItem, CareRound } from '#contract/class-care.ts';
import { LabSessionId, LearnerId } from '#contract/ids.ts';
import { countsOf, leftMs, targetsLeft } from './round-summary.ts';
import { afterEvent } from './use-care-rounds.ts';

function item(letter: string, state: CareItem['state'], change: Partial<CareItem> = {}): CareItem {
  const learner = LearnerId.parse(letter.repeat(16));
  const labSession = LabSessionId.parse(letter.repeat(16));
  return { learner, name: letter, labSession, title: null, state, problem: null, tookMs: null, ...change };
}

function round(items: readonly CareItem[], change: Partial<CareRound> = {}): CareRound {
  return {
    id: 'roundroundroundr',
    action: { type: 'reset' },
    title: null,
    by: 'Kim',
    reason: null,
    state: 'running',
    items: [...items],
    askedAtMs: 0,
    endedAtMs: null,
    ...change,
  };
}

test('what is left takes as long as what was done, as many at a time as now', () => {
  const done = (ms: number) => item('a', 'done', { tookMs: ms });
  const going = round([done(10_000), done(20_000), item('b', 'running'), item('c', 'waiting')]);
  expect(countsOf(going)).toMatchObject({ done: 2, running: 1, waiting: 1 });
  expect(leftMs(going)).toBe(22_500);
  expect(leftMs(round([done(10_000), item('b', 'running'), item('c', 'waiting')]))).toBeNull();
  expect(leftMs({ ...going, endedAtMs: 1 })).toBeNull();
});

test('what failed and what was left out can be asked for again, once the round is over', () => {
  const items = [
    item('a', 'failed', { problem: { code: 'LAB_BUSY', params: {} } }),
    item('b', 'skipped'),
    item('c', 'skipped', { problem: { code: 'LEARNER_HAS_NO_LAB', params: {} }, labSession: null }),
    item('d', 'done'),
    item('e', 'failed', { name: null }),
  ];
  expect(targetsLeft(round(items))).toEqual([]);
  expect(targetsLeft(round(items, { endedAtMs: 1 }))).toEqual([
    { learner: 'a'.repeat(16), labSessions: ['a'.repeat(16)] },
    { learner: 'b'.repeat(16), labSessions: ['b'.repeat(16)] },
  ]);
  const prepare = { type: 'prepare', exercise: '14.1-health', startMissing: true } as const;
  expect(targetsLeft(round(items.slice(0, 1), { endedAtMs: 1, action: prepare }))).toEqual([
    { learner: 'a'.repeat(16), labSessions: null },
  ]);
});

test('a change touches the items that it names', () => {
  const before = [round([item('a', 'running'), item('b', 'waiting')])];
  const { labSession, title } = before[0]?.items[0] ?? expect.unreachable();
  const [after] = afterEvent(before, {
    type: 'progress',
    id: 'roundroundroundr',
    state: 'running',
    endedAtMs: null,
    items: [{ at: 0, labSession, title, state: 'done', problem: null, tookMs: 5 }],
  });
  expect(after?.items.map(({ name, state }) => [name, state])).toEqual([
    ['a', 'done'],
    ['b', 'waiting'],
  ]);
});
