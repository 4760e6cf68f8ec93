import { expect, test } from 'vitest';
import { modeOf } from './start.mjs';

test('--class asks for class mode, and nothing leaves the settings alone', () => {
  expect(modeOf(['--class'])).toEqual({ ROLLOUT_LAB_MODE: 'class' });
  expect(modeOf([])).toEqual({});
});

test('an argument that we do not know is an error, not something to pass over', () => {
  expect(() => modeOf(['--classs'])).toThrow('--classs');
  expect(() => modeOf(['--class', '--port=1'])).toThrow('--port=1');
});
