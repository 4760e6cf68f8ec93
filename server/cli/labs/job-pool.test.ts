import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Job, runJobs } from './job-pool.ts';

function jobsOf(weights: readonly number[], failing = -1) {
  const seen = { most: 0, now: 0, order: [] as number[] };
  const jobs = weights.map(
    (weight, index): Job => ({
      weight,
      run: async () => {
        seen.order.push(index);
        seen.now += weight;
        seen.most = Math.max(seen.most, seen.now);
        await sleep(5);
        seen.now -= weight;
        if (index === failing) throw new Error(`job ${index}`);
      },
    }),
  );
  return { jobs, seen };
}

test('never more than there is room for, in order', async () => {
  const { jobs, seen } = jobsOf([3, 1, 1, 2, 1, 1]);
  await runJobs(jobs, 4);
  expect(seen.order).toEqual([0, 1, 2, 3, 4, 5]);
  expect(seen.most).toBeLessThanOrEqual(4);
  expect(seen.most).toBeGreaterThan(1);
});

test('what is heavier than the room runs alone', async () => {
  const { jobs, seen } = jobsOf([1, 9, 1]);
  await runJobs(jobs, 2);
  expect(seen.order).toEqual([0, 1, 2]);
  expect(seen.now).toBe(0);
});

test('after a failure nothing more begins, and what runs is waited for', async () => {
  const { jobs, seen } = jobsOf([1, 1, 1, 1], 0);
  await expect(runJobs(jobs, 2)).rejects.toThrow('job 0');
  expect(seen.order.length).toBeLessThan(4);
  expect(seen.now).toBe(0);
});
