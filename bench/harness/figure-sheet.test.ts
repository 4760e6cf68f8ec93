import { expect, test } from 'vitest';
import { FigureSheet } from './figure-sheet.ts';

const sheet = (): FigureSheet =>
  new FigureSheet([
    { name: 'echo', unit: 'ms', baseline: 'docker exec' },
    { name: 'rss', unit: 'MiB', baseline: null },
  ]);

test('a figure has both sides and the ratio of their medians', () => {
  const filled = sheet();
  for (const value of [1, 2, 3]) filled.sample('echo', 'ours', value);
  for (const value of [4, 4, 10]) filled.sample('echo', 'baseline', value);
  expect(filled.figures()).toEqual([
    {
      name: 'echo',
      unit: 'ms',
      n: 3,
      median: 2,
      p95: 3,
      baseline: { name: 'docker exec', median: 4, p95: 10 },
      ratio: 0.5,
      goals: [],
    },
  ]);
});

test('what has no samples is missing and not among the figures', () => {
  const empty = sheet();
  expect(empty.figures()).toEqual([]);
  expect(empty.missing().map((gap) => gap.name)).toEqual(['echo', 'echo.baseline', 'rss']);
});

test('a baseline that could not be measured leaves ours without a ratio and says why', () => {
  const half = sheet();
  half.sample('echo', 'ours', 2);
  half.sample('rss', 'ours', 60);
  half.fail('echo', 'baseline', 'no docker program');
  expect(half.figures()[0]).toMatchObject({ name: 'echo', baseline: null, ratio: null });
  expect(half.missing()).toEqual([
    { name: 'echo.baseline', reason: '1 of 1 runs gave no figure: no docker program' },
  ]);
});

test('runs that failed are told even when others gave a figure', () => {
  const some = sheet();
  some.sample('rss', 'ours', 60);
  some.fail('rss', 'ours', 'server gone');
  expect(some.figures()).toMatchObject([{ name: 'rss', n: 1, baseline: null, ratio: null }]);
  expect(some.missing()).toContainEqual({ name: 'rss', reason: '1 of 2 runs gave no figure: server gone' });
});

test('a name outside the list is a mistake of the suite', () => {
  expect(() => sheet().sample('ecko', 'ours', 1)).toThrow('no figure is called ecko');
});
