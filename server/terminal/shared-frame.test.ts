import { expect, test } from 'vitest';
import { OPCODE } from '#contract/terminal-protocol.ts';
import { ReplayRing } from './replay-ring.ts';
import { SharedFrame } from './shared-frame.ts';

test('windows at the same offset share one frame, others get their own', () => {
  const ring = new ReplayRing(16);
  const output = new SharedFrame(ring);
  ring.append(Buffer.from('abc'));
  const first = output.from(0);
  expect([first[0], Buffer.from(first.subarray(1)).toString()]).toEqual([OPCODE.output, 'abc']);
  expect(output.from(0)).toBe(first);
  expect(Buffer.from(output.from(2).subarray(1)).toString()).toBe('c');
  ring.append(Buffer.from('d'));
  expect(Buffer.from(output.from(2).subarray(1)).toString()).toBe('cd');
  // What was handed out before has not changed.
  expect(Buffer.from(first.subarray(1)).toString()).toBe('abc');
});
