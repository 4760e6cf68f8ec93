import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AttachOutput } from './attach-output.ts';

let passed: string;
let ready: number;
let output: AttachOutput;

beforeEach(() => {
  vi.useFakeTimers();
  passed = '';
  ready = 0;
  output = new AttachOutput({
    onReady: () => {
      ready += 1;
    },
    onData: (chunk) => {
      passed += chunk.toString();
    },
  });
});
afterEach(() => void vi.useRealTimers());

const push = (...chunks: string[]): void => {
  for (const chunk of chunks) output.push(Buffer.from(chunk));
};

test('the greeting is taken out, also in pieces', () => {
  push('\x1b[H', '\x1b[Jprompt', '\x1b[H\x1b[J later ones are the learner’s');
  expect(ready).toBe(1);
  expect(passed).toBe('prompt\x1b[H\x1b[J later ones are the learner’s');
  expect(output.failure).toBe('');
});

test('the farewell is taken out', () => {
  push('\x1b[H\x1b[Jlast line', '\x1b[999H\r\n[EOF - dtach terminating]\r\n', '\x1b[?25h');
  output.end();
  vi.runAllTimers();
  expect(passed).toBe('last line');
});

test('what only looks like a farewell comes a moment later, in order', () => {
  push('\x1b[H\x1b[Ja', 'b\x1b[999H\r\n[menu]');
  expect(passed).toBe('ab');
  vi.advanceTimersByTime(250);
  expect(passed).toBe('ab\x1b[999H\r\n[menu]');
  push('\x1b[999H\r\n[x', `${'y'.repeat(100)}`);
  expect(passed.endsWith('y'.repeat(100))).toBe(true);
});

test('before the greeting stands why there was none', () => {
  push('dtach: /x.sock: Connection refused\r\n', 'z'.repeat(5000));
  output.end();
  expect(passed).toBe('');
  expect(output.failure).toMatch(/^dtach: \/x\.sock: Connection refused/);
  expect(output.failure.length).toBeLessThanOrEqual(500);
});
