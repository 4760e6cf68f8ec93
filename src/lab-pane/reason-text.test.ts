import { expect, test } from 'vitest';
import { QUEUE_EN } from './queue-texts-en.ts';
import { QUEUE_KO } from './queue-texts-ko.ts';
import { reasonText } from './reason-text.ts';
import { timeSpan } from './time-span.ts';

test.each([
  [400, { count: 1, unit: 'seconds' }],
  [59_000, { count: 59, unit: 'seconds' }],
  [15 * 60_000, { count: 15, unit: 'minutes' }],
  [90 * 60_000, { count: 90, unit: 'minutes' }],
  [24 * 3_600_000, { count: 24, unit: 'hours' }],
] as const)('%i ms are told as %o', (ms, expected) => {
  expect(timeSpan(ms)).toEqual(expected);
});

test('an instructor is named, with the reason where there is one', () => {
  const why = { cause: 'instructor', name: '한지우', reason: '점심시간' } as const;
  expect(reasonText(why, 'paused', QUEUE_KO, 'ko')).toEqual([
    '한지우 강사가 실습 환경을 일시 중지했어요.',
    '이유: 점심시간',
  ]);
  expect(reasonText({ ...why, reason: null }, 'closed', QUEUE_EN, 'en')).toEqual([
    '한지우, your instructor, closed it.',
  ]);
});

test('idleness is told with its length, a pause apart from an end', () => {
  const why = { cause: 'idle', afterMs: 15 * 60_000 } as const;
  expect(reasonText(why, 'paused', QUEUE_KO, 'ko')).toEqual([
    '15분 동안 아무도 쓰지 않아서 일시 중지됐어요.',
  ]);
  expect(reasonText(why, 'closed', QUEUE_EN, 'en')).toEqual([
    'It was closed after 15 minutes in which nobody used it.',
  ]);
});
