import { expect, test } from 'vitest';
import { ADMISSION, admit } from './admission.ts';
import { idleAction } from './idle-policy.ts';
import { Tickets } from './tickets.ts';

const limits = { pauseMs: 100, closeMs: 1000 };

test.each([
  ['ready', 0, 99, 'none'],
  ['ready', 0, 100, 'pause'],
  ['ready', 1, 5000, 'none'],
  ['paused', 0, 999, 'none'],
  ['paused', 0, 1000, 'close'],
  ['other', 0, 5000, 'none'],
] as const)('a %s lab with %i connections, idle for %i ms: %s', (state, connections, idleMs, action) => {
  expect(idleAction({ state, connections, lastSeenAtMs: 0, keepUntilMs: null }, limits, idleMs)).toBe(action);
});

const roomy = { memoryTotalBytes: 0, memoryAvailableBytes: 10 * 1024 ** 3, diskFreeBytes: 10 * 1024 ** 3 };

test('the operator may allow fewer labs than the memory would', () => {
  expect(() => admit({ nodes: 1, runningLabs: 1, maxLabs: 2 }, roomy)).not.toThrow();
  expect(() => admit({ nodes: 1, runningLabs: 2, maxLabs: 2 }, roomy)).toThrow(
    expect.objectContaining({ code: 'LAB_CAPACITY_REACHED', params: { running: 2, limit: 2 } }),
  );
});

test('a nearly full disk is named with both figures', () => {
  const host = { ...roomy, diskFreeBytes: ADMISSION.diskReserveBytes };
  expect(() => admit({ nodes: 1, runningLabs: 0, maxLabs: undefined }, host)).toThrow(
    expect.objectContaining({ code: 'LAB_DISK_LOW', params: { freeMiB: 1024, neededMiB: 1324 } }),
  );
});

test('a ticket is spent by a wrong guess at its terminal, and expires', () => {
  let count = 0;
  const tickets = new Tickets(() => `token${count++}`);
  const holder = {
    learnerId: 'l' as never,
    loginId: 'login',
    labSessionId: 's',
    terminalId: 't1' as never,
    guestOf: null,
  };
  const first = tickets.issue(holder, 0);
  expect(tickets.redeem(first, 't2', 1)).toBeNull();
  expect(tickets.redeem(first, 't1', 1)).toBeNull();
  const second = tickets.issue(holder, 0);
  expect(tickets.redeem(second, 't1', 31_000)).toBeNull();
  const third = tickets.issue(holder, 0);
  expect(tickets.redeem(third, 't1', 29_000)).toMatchObject(holder);
});
