import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { poll, within } from './wait.ts';

const never = new AbortController().signal;

test('poll gives the first answer that is not null', async () => {
  const answers = [null, null, 'there'];
  const wait = { what: 'it', deadlineMs: 1000, everyMs: 1, signal: never };
  await expect(poll(wait, () => answers.shift() ?? null)).resolves.toBe('there');
});

test('poll says what it waited for in vain', async () => {
  const wait = { what: 'the moon', deadlineMs: 10, everyMs: 2, signal: never };
  await expect(poll(wait, () => null)).rejects.toThrow('waiting for the moon');
});

test('within cuts a promise that takes too long', async () => {
  const wait = { what: 'an echo', deadlineMs: 10, signal: never };
  await expect(within(wait, new Promise(() => {}))).rejects.toThrow('waiting for an echo');
  await expect(within(wait, Promise.resolve(7))).resolves.toBe(7);
});

test('both end when the bench is stopped', async () => {
  const stop = new AbortController();
  const wait = { what: 'it', deadlineMs: 60_000, everyMs: 60_000, signal: stop.signal };
  const waits = [poll(wait, () => null), within(wait, new Promise(() => {}))];
  const outcome = Promise.allSettled(waits);
  await delay(5);
  stop.abort(new Error('stopped'));
  expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
