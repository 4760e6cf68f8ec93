import { expect, test } from 'vitest';
import { startTable } from './start-table.ts';

test('a line per exercise, in the order of the course', () => {
  const times = (...rebuilt: number[]) => rebuilt.map((ms) => ({ created: 2_000, rebuilt: ms }));
  const table = startTable(
    new Map([
      ['14.3-fix', times(9_000)],
      ['14.2-rollout', times(4_000, 1_000, 12_000)],
    ]),
  );
  expect(table).toBe(
    [
      '  start of        lab  prepare     sum  longest  n\n',
      '  14.2-rollout  2.0 s    4.0 s   6.0 s   14.0 s  3\n',
      '  14.3-fix      2.0 s    9.0 s  11.0 s   11.0 s  1\n',
    ].join(''),
  );
  expect(startTable(new Map())).toBe('');
});
