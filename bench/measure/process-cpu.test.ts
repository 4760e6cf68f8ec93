import { expect, test } from 'vitest';
import { cpuMsIn, treeCpuMs } from './process-cpu.ts';

test('user and system time are added up, whatever the process is called', () => {
  const stat = '42 (a (strange) name) S 1 42 42 0 -1 4194560 900 0 0 0 130 20 0 0 20 0 11 0 100 1 2';
  expect(cpuMsIn(stat)).toBe(1_500);
  expect(cpuMsIn('')).toBe(0);
});

test('the time of a process that works grows', async () => {
  const before = await treeCpuMs(process.pid);
  const until = performance.now() + 60;
  while (performance.now() < until);
  expect(await treeCpuMs(process.pid)).toBeGreaterThan(before);
});
