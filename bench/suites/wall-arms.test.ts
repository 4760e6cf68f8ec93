import { expect, test } from 'vitest';
import { FigureSheet } from '../harness/figure-sheet.ts';
import { nameBeside, sampleBeside } from './wall-arms.ts';

test('one sample of ours stands beside every other arm, a sample of theirs in one row', () => {
  const others = ['no-filter', 'no wall'] as const;
  const sheet = new FigureSheet(
    others.map((baseline) => ({ name: nameBeside('start', baseline), unit: 'ms', baseline })),
  );
  sampleBeside(sheet, { what: 'start', arm: 'whole', others }, 30);
  sampleBeside(sheet, { what: 'start', arm: 'no wall', others }, 20);
  expect(sheet.figures()).toMatchObject([
    { name: 'start-over-no-filter', median: 30, baseline: null },
    { name: 'start-over-no-wall', median: 30, baseline: { median: 20 }, ratio: 1.5 },
  ]);
});
