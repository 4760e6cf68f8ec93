import { expect, test } from 'vitest';
import { asFailure, describeFailure, SetupError } from './setup-error.mjs';

test('a failure is told with what failed, what the program said and what to do', () => {
  const error = new SetupError('The image failed.', {
    tail: ['step 1', 'no such file'],
    todo: 'Free space.\nTry again.',
  });
  expect(describeFailure(error).split('\n')).toEqual([
    '✗ The image failed.',
    '  Its last lines:',
    '  │ step 1',
    '  │ no such file',
    '  → Free space.',
    '    Try again.',
  ]);
});

test('a full disk is an expected failure', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(asFailure(error).todo).toMatch(/disk is full/);
});

test('a bug is not dressed up as a message', () => {
  expect(() => asFailure(new TypeError('x is undefined'))).toThrow(TypeError);
  expect(() => asFailure(undefined)).toThrow();
});
