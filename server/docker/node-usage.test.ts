import type Docker from 'dockerode';
import { expect, test } from 'vitest';
import { usageOf } from './node-usage.ts';

const MIB = 1024 ** 2;

function stats(more: object = {}): Docker.ContainerStats {
  return {
    memory_stats: { usage: 300 * MIB, limit: 640 * MIB, stats: { inactive_file: 100 * MIB } },
    pids_stats: { current: 87, limit: 2_000 },
    cpu_stats: { cpu_usage: { total_usage: 3e9 }, system_cpu_usage: 40e9, online_cpus: 2 },
    precpu_stats: { cpu_usage: { total_usage: 2e9 }, system_cpu_usage: 38e9 },
    ...more,
  } as unknown as Docker.ContainerStats;
}

test('memory without what only caches files, processors kept busy between two looks, processes', () => {
  expect(usageOf('node1', stats())).toEqual({
    name: 'node1',
    memoryBytes: 200 * MIB,
    memoryLimitBytes: 640 * MIB,
    cpus: 1,
    pids: 87,
    pidsLimit: 2_000,
  });
});

test('cgroup v1 calls the cache by another name', () => {
  const memory_stats = { usage: 300 * MIB, limit: 640 * MIB, stats: { total_inactive_file: 250 * MIB } };
  expect(usageOf('node1', stats({ memory_stats }))?.memoryBytes).toBe(50 * MIB);
});

test('a node that does not run has no usage; one look tells nothing of processors', () => {
  expect(usageOf('node1', stats({ memory_stats: {} }))).toBeNull();
  expect(usageOf('node1', stats({ precpu_stats: { cpu_usage: { total_usage: 0 } } }))?.cpus).toBeNull();
  expect(usageOf('node1', stats({ pids_stats: { current: 1, limit: 2 ** 64 } }))?.pidsLimit).toBeNull();
});
