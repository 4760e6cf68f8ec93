import { expect, test } from 'vitest';
import { cgroupFolder } from './cgroup-folder.ts';

test('the memory cgroup is found on v1, also beside an empty v2 tree', () => {
  const v1 = '8:pids:/docker/abc\n4:memory:/docker/abc\n0::/docker/abc\n';
  expect(cgroupFolder(v1, 'abc', 'memory')).toBe('memory/docker/abc');
});

test('on v2 it is the cgroup of the container, not one that its init has made inside', () => {
  expect(cgroupFolder('0::/system.slice/docker-abc.scope/lab\n', 'abc', 'memory')).toBe(
    'system.slice/docker-abc.scope',
  );
});

test('a process outside the container has none', () => {
  expect(cgroupFolder('0::/user.slice\n', 'abc', 'memory')).toBeNull();
});
