import { expect, test } from 'vitest';
import { cpuMsOf } from './container-cpu.ts';

test('both versions of cgroups are read, in milliseconds', () => {
  expect(cpuMsOf('2500000\n', '')).toBe(2.5);
  expect(cpuMsOf('', 'usage_usec 7000\nuser_usec 6000\n')).toBe(7);
});

test('without a figure there is none', () => {
  expect(() => cpuMsOf('', '')).toThrow('does not tell');
});
