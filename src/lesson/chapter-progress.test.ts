import { expect, test } from 'vitest';
import { countPassed, lessonState } from './chapter-progress.ts';

const IDS = ['14.1-deploy', '14.1-health'];
const entry = (completedAtMs: number | null, attempts = 0) => ({
  completedAtMs,
  attempts,
  hintsShown: 0,
  solutionShown: false,
});

test('a lesson is done when every exercise was passed once', () => {
  const progress = { '14.1-deploy': entry(1), '14.1-health': entry(2) };
  expect(lessonState(IDS, progress)).toBe('done');
  expect(countPassed(IDS, progress)).toBe(2);
});

test('a lesson is in progress after the first attempt', () => {
  expect(lessonState(IDS, { '14.1-deploy': entry(null, 1), '14.1-health': entry(null) })).toBe('inProgress');
});

test('a lesson that nobody touched has not started', () => {
  expect(lessonState(IDS, { '14.1-deploy': entry(null) })).toBe('notStarted');
});
