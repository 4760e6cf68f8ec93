import { expect, test } from 'vitest';
import { TERMINAL_LIMITS } from '#contract/terminal-protocol.ts';
import { FlowControl, STALL_MS } from './flow-control.ts';

const { highWaterBytes: HIGH, lowWaterBytes: LOW, ackEveryBytes } = TERMINAL_LIMITS;

test('a page that acknowledges late can still reach low water', () => {
  expect(ackEveryBytes).toBeLessThan(LOW);
});

test('holds from above high water until low water', () => {
  const flow = new FlowControl(1000, 0);
  expect(flow.mustHold(1000 + HIGH, 0)).toBe(false);
  expect(flow.mustHold(1001 + HIGH, 0)).toBe(true);
  flow.acknowledge(1000 + HIGH - LOW, 1001 + HIGH, 1);
  expect(flow.mustHold(1001 + HIGH, 1)).toBe(true);
  flow.acknowledge(1001 + HIGH - LOW, 1001 + HIGH, 1);
  expect(flow.mustHold(1001 + HIGH, 1)).toBe(false);
});

test('old and doubled acknowledgements change nothing, impossible ones are told', () => {
  const flow = new FlowControl(0, 0);
  expect(flow.acknowledge(50, 100, 0)).toBe('progress');
  expect(flow.acknowledge(50, 100, 0)).toBe('old');
  expect(flow.acknowledge(20, 100, 0)).toBe('old');
  expect(flow.ackedOffset).toBe(50);
  expect(flow.acknowledge(101, 100, 0)).toBe('impossible');
});

test('stalled only after holding without progress for the whole time', () => {
  const flow = new FlowControl(0, 0);
  expect(flow.isStalled(STALL_MS * 10)).toBe(false);
  flow.mustHold(HIGH + 1, 1000);
  expect(flow.isStalled(999 + STALL_MS)).toBe(false);
  flow.acknowledge(10, HIGH + 1, 3000);
  expect(flow.isStalled(1000 + STALL_MS)).toBe(false);
  expect(flow.isStalled(3000 + STALL_MS)).toBe(true);
});

test('a snapshot starts the account afresh', () => {
  const flow = new FlowControl(0, 0);
  flow.mustHold(HIGH * 2, 0);
  flow.restart(HIGH * 2, 5);
  expect(flow.mustHold(HIGH * 2, 5)).toBe(false);
  expect(flow.acknowledge(HIGH, HIGH * 2, 6)).toBe('old');
});
