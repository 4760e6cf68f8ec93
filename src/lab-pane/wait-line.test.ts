import { expect, test } from 'vitest';
import type { Waiting } from '#contract/api.ts';
import { EN } from './texts-en.ts';
import { KO } from './texts-ko.ts';
import { secondsLeft, waitChange, waitLine } from './wait-line.ts';

const monitor: Waiting = {
  service: 'numbers_numbers-api',
  state: 'updating',
  reason: 'monitor',
  replaced: 3,
  total: 6,
  remainingMs: 14_000,
};

test('the seconds go on from when the page heard of them, and end', () => {
  expect(secondsLeft(monitor, 1_000, 1_000)).toBe(14);
  expect(secondsLeft(monitor, 1_000, 4_100)).toBe(11);
  expect(secondsLeft(monitor, 1_000, 60_000)).toBeNull();
  expect(secondsLeft({ ...monitor, remainingMs: null }, 0, 0)).toBeNull();
});

test('a clock that was set back adds no time', () => {
  expect(secondsLeft(monitor, 9_000, 1_000)).toBe(14);
});

test('one line says how far the update is and what it waits for', () => {
  expect(waitLine(monitor, 14, KO)).toBe('6개 가운데 3개 교체됨 · 모니터링 시간 14초 남음');
  expect(waitLine(monitor, null, EN)).toBe('3 of 6 replaced · waiting for the monitor period');
  const back: Waiting = { ...monitor, state: 'rollback_started', reason: 'stop', remainingMs: null };
  expect(waitLine(back, null, KO)).toBe('롤백 중, 6개 가운데 3개 되돌림 · 이전 태스크가 끝나는 중');
});

test('a screen reader hears a new reason and the end, not the seconds', () => {
  expect(waitChange([monitor], [{ ...monitor, remainingMs: 9_000, replaced: 4 }], EN)).toBeNull();
  expect(waitChange([monitor], [{ ...monitor, reason: 'delay', remainingMs: 5_000 }], EN)).toBe(
    'numbers_numbers-api: 5 s of the delay left.',
  );
  expect(waitChange([monitor], [], KO)).toBe('numbers_numbers-api 서비스의 업데이트가 끝났어요.');
});
