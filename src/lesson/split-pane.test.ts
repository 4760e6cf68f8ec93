import { expect, test } from 'vitest';
import { nextShare } from './split-pane.ts';

test('the left arrow gives the pane more room, the right arrow less', () => {
  expect(nextShare('ArrowLeft', 0.5)).toBeGreaterThan(0.5);
  expect(nextShare('ArrowRight', 0.5)).toBeLessThan(0.5);
});

test('Home and End go to the ends, Enter back to the middle', () => {
  expect(nextShare('Home', 0.5)).toBe(0.7);
  expect(nextShare('End', 0.5)).toBe(0.3);
  expect(nextShare('Enter', 0.66)).toBe(0.5);
});

test('leaves every other key to the page', () => {
  expect(nextShare('Tab', 0.5)).toBeUndefined();
});
