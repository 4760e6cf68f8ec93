import { expect, test } from 'vitest';
import { careTargets } from './care-targets.ts';
import { liveHref, readLiveAddress } from './live-address.ts';
import { countsOf, inOrder, isNamed, passes, standingsOf } from './shown-learners.ts';
import { aLab, aLearner, anExercise } from './testing/a-learner.ts';
import { keepingOrder } from './use-calm-order.ts';

const NOW_MS = 100_000_000;
const EXERCISES = [anExercise('14.1-deploy'), anExercise('14.1-health')];
const stuckSince = (stuckSinceMs: number) => ({
  exercise: '14.1-deploy',
  sinceMs: 1,
  met: 0,
  total: 1,
  stuckSinceMs,
  failing: null,
});
const passed = { state: 'passed', sinceMs: 1, attempts: 1 } as const;
const LEARNERS = [
  aLearner('Done', { cells: { '14.1-deploy': passed, '14.1-health': passed } }),
  aLearner('Gone', { here: false }),
  aLearner('Never', { here: false, joined: false }),
  aLearner('Works', { cells: { '14.1-deploy': passed } }),
  aLearner('Late', { trial: stuckSince(50) }),
  aLearner('Early', { trial: stuckSince(10) }),
  aLearner('Hand', { hand: { sinceMs: 90, exercise: null, takenBy: null } }),
  aLearner('Failed', {
    labs: [aLab({ state: 'failed', code: 'LAB_START_FAILED', params: {}, sinceMs: 99 })],
  }),
];
const STANDINGS = standingsOf(LEARNERS, EXERCISES, NOW_MS);
const names = (standings: readonly { learner: { name: string } }[]) =>
  standings.map(({ learner }) => learner.name);

test('who needs help comes first, the longest wait before the shorter, and who is not there last', () => {
  expect(names(inOrder(STANDINGS, 'need', 'en'))).toEqual([
    'Failed',
    'Hand',
    'Early',
    'Late',
    'Works',
    'Done',
    'Gone',
    'Never',
  ]);
});

test('by progress, then by name as the language has it', () => {
  expect(names(inOrder(STANDINGS, 'progress', 'en')).slice(0, 3)).toEqual(['Done', 'Works', 'Early']);
  const korean = standingsOf([aLearner('하은'), aLearner('가람'), aLearner('나래')], EXERCISES, NOW_MS);
  expect(names(inOrder(korean, 'name', 'ko'))).toEqual(['가람', '나래', '하은']);
});

test('filters count whom they show', () => {
  const counts = countsOf(STANDINGS);
  expect(counts).toMatchObject({ all: 8, help: 4, failed: 1, hand: 1, stuck: 2, away: 2, done: 1, idle: 0 });
  expect(names(STANDINGS.filter((one) => passes(one, 'help')))).toEqual(['Late', 'Early', 'Hand', 'Failed']);
});

test('a name is found by any part of it, whatever its case and spaces', () => {
  const [one] = standingsOf([aLearner('Kim Min-su')], EXERCISES, NOW_MS);
  expect(one && ['min', 'KIM', 'kimmin', ''].every((text) => isNamed(one, text))).toBe(true);
  expect(one && isNamed(one, 'lee')).toBe(false);
});

test('between two orders rows stay where they are, and who is new comes last', () => {
  const ids = [LEARNERS[3]!.id, LEARNERS[0]!.id];
  const kept = keepingOrder(STANDINGS.slice(0, 4), ids);
  expect(names(kept)).toEqual(['Works', 'Done', 'Gone', 'Never']);
});

test('what is shown stands in the address, and unknown words of it are passed over', () => {
  const href = liveHref('c', { filter: 'stuck', order: 'name', search: '김' }, 'l');
  expect(readLiveAddress(href)).toEqual({ filter: 'stuck', order: 'name', search: '김' });
  expect(new URLSearchParams(href).get('learner')).toBe('l');
  expect(readLiveAddress('?show=nobody&order=luck')).toEqual({ filter: 'all', order: 'need', search: '' });
});

test('who is chosen and has left the class is not looked after', () => {
  const learners = new Map(LEARNERS.map((learner) => [learner.id as string, learner]));
  const titles = new Map([['numbers', { ko: '숫자', en: 'Numbers' }]]);
  expect(careTargets(learners, new Set([LEARNERS[7]!.id, 'gone']), titles)).toEqual([
    {
      learnerId: LEARNERS[7]!.id,
      name: 'Failed',
      labSessions: [
        { id: 'aaaaaaaaaaaaaaaa', lab: 'numbers', title: titles.get('numbers'), state: 'failed' },
      ],
    },
  ]);
});
