import { expect, test } from 'vitest';
import { interleave } from './interleave.ts';

test('every arm runs once in every round', () => {
  const runs = [...interleave(20, ['ours', 'baseline', 'floor'])];
  expect(runs).toHaveLength(60);
  for (let round = 1; round <= 20; round += 1) {
    const arms = runs.filter((run) => run.round === round).map((run) => run.arm);
    expect(arms.toSorted()).toEqual(['baseline', 'floor', 'ours']);
  }
});

test('the order within a round follows the random numbers', () => {
  const numbers = [0.9, 0.1, 0.1, 0.9];
  const runs = [...interleave(2, ['ours', 'baseline'], () => numbers.shift() ?? 0)];
  expect(runs.map((run) => run.arm)).toEqual(['baseline', 'ours', 'ours', 'baseline']);
});
