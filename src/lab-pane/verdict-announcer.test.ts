import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CatalogExercise, ExerciseVerdict } from '#contract/api.ts';
import { RateLimited } from './rate-limited.ts';
import { EN } from './texts-en.ts';
import { KO } from './texts-ko.ts';
import { verdictChange } from './verdict-announcer.ts';

const TEXTS = { ko: KO, en: EN };

const exercise = {
  checks: [
    { id: 'swarm-on', title: { ko: '스웜 모드', en: 'Swarm mode' }, question: null },
    { id: 'replicas', title: { ko: '레플리카 6개', en: 'Six replicas' }, question: null },
  ],
} as unknown as CatalogExercise;

function verdict(swarm: boolean, replicas: boolean): ExerciseVerdict {
  const check = (id: string, met: boolean) => ({
    id,
    verdict: met ? 'passed' : 'failed',
    message: null,
    seen: null,
  });
  return {
    passed: swarm && replicas,
    checks: [check('swarm-on', swarm), check('replicas', replicas)],
  } as unknown as ExerciseVerdict;
}

const say = (before: ExerciseVerdict | null, after: ExerciseVerdict, language: 'ko' | 'en' = 'en') =>
  verdictChange(exercise, before, after, { language, texts: TEXTS[language].exercise });

test('a gained check is named, with the count', () => {
  expect(say(verdict(false, false), verdict(true, false))).toBe('Met: Swarm mode. 1 of 2 checks met.');
  expect(say(verdict(false, false), verdict(true, false), 'ko')).toBe(
    '충족: 스웜 모드. 확인 항목 2개 중 1개 충족.',
  );
});

test('a lost check is named too', () => {
  expect(say(verdict(true, false), verdict(false, false))).toBe(
    'No longer met: Swarm mode. 0 of 2 checks met.',
  );
});

test('passing is said once, and nothing is said on arrival or without a change', () => {
  expect(say(verdict(true, false), verdict(true, true))).toContain('Every check is met');
  expect(say(null, verdict(true, true))).toBeNull();
  expect(say(verdict(true, false), verdict(true, false))).toBeNull();
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a burst of texts becomes the first and the last', () => {
  const heard: string[] = [];
  const limited = new RateLimited<string>(2_000, (text) => heard.push(text));
  for (const text of ['a', 'b', 'c']) limited.push(text);
  expect(heard).toEqual(['a']);
  vi.advanceTimersByTime(2_000);
  expect(heard).toEqual(['a', 'c']);
  vi.advanceTimersByTime(2_000);
  limited.push('d');
  expect(heard).toEqual(['a', 'c', 'd']);
});

test('after the stop nothing is heard', () => {
  const heard: string[] = [];
  const limited = new RateLimited<string>(2_000, (text) => heard.push(text));
  limited.push('a');
  limited.push('b');
  limited.stop();
  vi.advanceTimersByTime(10_000);
  expect(heard).toEqual(['a']);
});
