import { expect, test } from 'vitest';
import { CodeGuesses } from './code-guesses.ts';
import { Tries } from './tries.ts';

const limits = { free: 3, firstWaitMs: 1_000, longestWaitMs: 5_000, forgetAfterMs: 60_000 };
const seconds = (tries: Tries, key: string, nowMs: number): unknown => {
  try {
    tries.check(key, nowMs);
    return 0;
  } catch (failure) {
    return (failure as { params: { seconds: number } }).params.seconds;
  }
};

test('waits begin after the free tries, double up to the longest, and are forgotten after a quiet time', () => {
  const tries = new Tries(limits);
  const waits = [];
  for (let wrong = 0; wrong < 7; wrong++) {
    waits.push(seconds(tries, 'a', 0));
    tries.fail('a', 0);
  }
  expect(waits).toEqual([0, 0, 0, 1, 2, 4, 5]);
  expect(seconds(tries, 'b', 0)).toBe(0);
  expect(seconds(tries, 'a', 4_999)).toBe(1);
  expect(seconds(tries, 'a', 5_000)).toBe(0);
  tries.fail('a', 5_000);
  expect(seconds(tries, 'a', 65_000)).toBe(0);
  tries.fail('a', 65_000);
  expect(seconds(tries, 'a', 65_000)).toBe(0);
});

test('a clock that was put back makes nobody wait longer', () => {
  const tries = new Tries(limits);
  for (let wrong = 0; wrong < 3; wrong++) tries.fail('a', 1_000_000);
  expect(seconds(tries, 'a', 0)).toBe(1);
});

test('many addresses that guess together are stopped, and who has not mistyped gets in all the same', () => {
  let nowMs = 0;
  const guesses = new CodeGuesses(() => nowMs);
  const wrong = (address: string) => guesses.guess(address, () => null);
  for (let guess = 0; guess < 300; guess++) wrong(`10.0.0.${guess % 100}`);
  expect(() => wrong('10.0.0.1')).toThrowError(expect.objectContaining({ code: 'TOO_MANY_TRIES' }));
  expect(guesses.guess('192.168.0.1', () => 'found')).toBe('found');
  nowMs += 10_000;
  expect(wrong('10.0.0.1')).toBeNull();
});
