import { expect, test } from 'vitest';
import { LearnerId } from '#contract/ids.ts';
import { PoolDemand } from './pool-demand.ts';

const learner = (number: number) => LearnerId.parse(`learner${number}`.padEnd(16, 'x'));

function demandAt(usual: number) {
  const clock = { ms: 0 };
  return { clock, demand: new PoolDemand(usual, () => clock.ms) };
}

test('more are kept while different learners come, and only so many', () => {
  const { demand } = demandAt(1);
  expect(demand.targetOf('numbers')).toBe(1);
  for (let number = 1; number <= 3; number++) demand.asked('numbers', learner(number));
  expect(demand.targetOf('numbers')).toBe(3);
  for (let number = 4; number <= 30; number++) demand.asked('numbers', learner(number));
  expect(demand.targetOf('numbers')).toBe(4);
  expect(demand.targetOf('gallery')).toBe(1);
});

test('a learner who resets again and again counts once', () => {
  const { demand } = demandAt(1);
  for (let reset = 0; reset < 10; reset++) demand.asked('numbers', learner(1));
  expect(demand.targetOf('numbers')).toBe(1);
});

test('two minutes later it is as before, and that is told once', () => {
  const { clock, demand } = demandAt(1);
  for (let number = 1; number <= 3; number++) demand.asked('numbers', learner(number));
  expect(demand.quieted()).toEqual([]);
  clock.ms = 121_000;
  expect(demand.quieted()).toEqual(['numbers']);
  expect(demand.quieted()).toEqual([]);
  expect(demand.targetOf('numbers')).toBe(1);
});

test('who keeps none keeps none', () => {
  const { demand } = demandAt(0);
  for (let number = 1; number <= 3; number++) demand.asked('numbers', learner(number));
  expect(demand.targetOf('numbers')).toBe(0);
});
