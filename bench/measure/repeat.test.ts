import { expect, test } from 'vitest';
import { repeatFor } from './repeat.ts';

const { signal } = new AbortController();

test('a time that could not be had is a failure, not a gap', async () => {
  const said = await repeatFor({ durationMs: 60, pauseMs: 5, signal }, async (index) => {
    if (index === 2) throw new Error('no answer');
    return index;
  });
  expect(said.failures).toEqual(['no answer']);
  expect(said.times.slice(0, 2)).toEqual([1, 3]);
});

test('a bench that is stopped goes no further', async () => {
  const stopped = AbortSignal.abort(new Error('stopped'));
  const endless = repeatFor({ durationMs: 10_000, pauseMs: 1, signal: stopped }, async () => 1);
  await expect(endless).rejects.toThrow();
});
