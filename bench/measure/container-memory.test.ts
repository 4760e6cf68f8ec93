import { expect, test } from 'vitest';
import { usedBytes } from './container-memory.ts';

test('droppable page cache is left out on cgroup v2 and, with the cgroups below, on v1', () => {
  expect(usedBytes({ usage: 100, stats: { inactive_file: 30 } })).toBe(70);
  expect(usedBytes({ usage: 100, stats: { inactive_file: 10, total_inactive_file: 40 } })).toBe(60);
});

test('an engine without memory figures gives none', () => {
  expect(usedBytes({})).toBeNull();
});
