import { expect, test } from 'vitest';
import { memoryFolder, usedBytes } from './container-memory.ts';

test('droppable page cache is left out on cgroup v2 and, with the cgroups below, on v1', () => {
  expect(usedBytes({ usage: 100, stats: { inactive_file: 30 } })).toBe(70);
  expect(usedBytes({ usage: 100, stats: { inactive_file: 10, total_inactive_file: 40 } })).toBe(60);
});

test('an engine without memory figures gives none', () => {
  expect(usedBytes({})).toBeNull();
});

test('the memory cgroup is found on v1, also beside an empty v2 tree', () => {
  const v1 = '8:pids:/docker/abc\n4:memory:/docker/abc\n0::/docker/abc\n';
  expect(memoryFolder(v1, 'abc')).toBe('memory/docker/abc');
});

test('on v2 it is the cgroup of the container, not one that its init has made inside', () => {
  expect(memoryFolder('0::/system.slice/docker-abc.scope/lab\n', 'abc')).toBe(
    'system.slice/docker-abc.scope',
  );
});

test('a process outside the container has none', () => {
  expect(memoryFolder('0::/user.slice\n', 'abc')).toBeNull();
});
