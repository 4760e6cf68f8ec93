import { expect, test } from 'vitest';
import { labWeight, machineCapacity } from './lab-weight.ts';

const lab = (count: number, memoryMiB = 512) => ({
  nodes: Array.from({ length: count }, (_, index) => ({ name: `node${index + 1}` })),
  limits: { memoryMiB, cpus: 2, pids: 1_000, diskMiB: 1_024 },
});
const GIB = 2 ** 30;

test('further nodes weigh less than the first', () => {
  expect([1, 3, 5].map((count) => labWeight(lab(count)))).toEqual([1, 2, 3]);
});

test('processors limit a roomy machine, memory a small one', () => {
  const labs = [lab(1), lab(5)];
  expect(machineCapacity(labs, 2, { memoryAvailableBytes: 20 * GIB })).toBe(8);
  expect(machineCapacity(labs, 2, { memoryAvailableBytes: 4 * GIB })).toBe(3);
  expect(machineCapacity(labs, 2, { memoryAvailableBytes: GIB / 8 })).toBe(1);
});
