import { expect, test } from 'vitest';
import type { CatalogExercise, Progress } from '#contract/api.ts';
import { exerciseOnArrival, exerciseStates, firstChoice, nextOpen } from './exercise-progress.ts';

const text = { ko: '글', en: 'text' };
const exercise = (id: string, extra = false): CatalogExercise => ({
  id,
  lesson: '14.1',
  lab: 'single-node',
  revision: 1,
  extra,
  title: text,
  goal: text,
  hintCount: 1,
  checks: [],
  forbids: null,
});
const three = [exercise('14.1-deploy'), exercise('14.1-health'), exercise('14.1-inspect')];
const done = (...ids: string[]): Progress => ({
  exercises: Object.fromEntries(
    ids.map((id) => [id, { completedAtMs: 1, attempts: 1, hintsShown: 0, solutionShown: false }]),
  ),
});

test('an exercise is passed for good, even while another run of it is active', () => {
  const session = { activeExercise: '14.1-deploy' } as Parameters<typeof exerciseStates>[2];
  expect(exerciseStates(three, done('14.1-deploy'), session)).toEqual({
    '14.1-deploy': 'passed',
    '14.1-health': 'todo',
    '14.1-inspect': 'todo',
  });
  expect(exerciseStates(three, null, session)['14.1-deploy']).toBe('active');
});

test('the choice on arrival: remembered, then active, then the first to do', () => {
  const states = exerciseStates(three, done('14.1-deploy'), null);
  expect(firstChoice(three, states, '14.1-inspect', '14.1-deploy')).toBe('14.1-inspect');
  expect(firstChoice(three, states, '14.2-rollout', '14.1-deploy')).toBe('14.1-deploy');
  expect(firstChoice(three, states, null, '14.2-rollout')).toBe('14.1-health');
  expect(firstChoice([], {}, null, null)).toBeNull();
});

test('on arrival the exercise decides the lab, and one under way comes first', () => {
  const quorum = { ...exercise('14.5-quorum'), lab: 'quorum' };
  const regions = { ...exercise('14.5-two-clusters'), lab: 'regions' };
  const lesson = [quorum, regions];
  const running = (lab: string, activeExercise: string | null) =>
    ({ lab, activeExercise }) as Parameters<typeof exerciseStates>[2] & object;
  expect(exerciseOnArrival(lesson, null, null, [])?.lab).toBe('quorum');
  expect(exerciseOnArrival(lesson, null, null, [running('regions', '14.5-two-clusters')])?.lab).toBe(
    'regions',
  );
  expect(exerciseOnArrival(lesson, done('14.5-quorum'), null, [running('numbers', '14.1-deploy')])?.id).toBe(
    '14.5-two-clusters',
  );
  expect(exerciseOnArrival(lesson, null, '14.5-two-clusters', [running('quorum', '14.5-quorum')])?.id).toBe(
    '14.5-two-clusters',
  );
});

test('when everything is passed the first exercise is shown', () => {
  const all = exerciseStates(three, done(...three.map(({ id }) => id)), null);
  expect(firstChoice(three, all, null, null)).toBe('14.1-deploy');
  expect(nextOpen(three, all, '14.1-deploy')).toBeNull();
});

test('next is the nearest later exercise to do, then an earlier one; extras are never pushed', () => {
  const list = [...three, exercise('14.1-more', true)];
  const states = exerciseStates(list, done('14.1-health', '14.1-inspect'), null);
  expect(nextOpen(list, states, '14.1-health')?.id).toBe('14.1-deploy');
  expect(nextOpen(list, exerciseStates(list, null, null), '14.1-deploy')?.id).toBe('14.1-health');
});
