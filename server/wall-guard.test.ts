import { expect, test } from 'vitest';
import type { WallPart } from '#contract/wall.ts';
import { FakeLabHost } from './testing/fake-lab-host.ts';
import { WallGuard } from './wall-guard.ts';

const whole: WallPart = { part: 'seccomp', state: 'holds', detail: 'the profile' };
const open: WallPart = { part: 'disk', state: 'missing', detail: 'labs can fill the disk' };
const unseen: WallPart = { part: 'overlay', state: 'unknown', detail: 'no node came up' };

function guard(mode: 'alone' | 'class', parts: WallPart[], accepted: WallPart['part'][] = []) {
  const host = new FakeLabHost();
  host.wallNow = { ...host.wallNow, parts, holds: parts.every(({ state }) => state === 'holds') };
  const warnings: object[] = [];
  const quiet = (): void => {};
  const log = { debug: quiet, info: quiet, error: quiet, warn: (data: object) => void warnings.push(data) };
  return { guard: new WallGuard({ host, mode, accepted, log }), warnings };
}

test('class mode names every part that is missing or unknown, and how to do without', async () => {
  const { guard: one } = guard('class', [whole, open, unseen]);
  await expect(one.beforeListening()).rejects.toThrow(
    /disk \(missing\): labs can fill the disk\n {2}overlay \(unknown\)[\s\S]*ROLLOUT_LAB_ACCEPT_RISK=disk,overlay/,
  );
});

test('class mode starts behind the whole wall, and without what the operator accepts', async () => {
  await guard('class', [whole]).guard.beforeListening();
  const { guard: one, warnings } = guard('class', [whole, open], ['disk']);
  await one.beforeListening();
  expect(warnings).toEqual([open]);
  expect(one.report?.holds).toBe(false);
});

test('class mode asks again for what is accepted already', async () => {
  const { guard: one } = guard('class', [open, unseen], ['disk']);
  await expect(one.beforeListening()).rejects.toThrow('ROLLOUT_LAB_ACCEPT_RISK=disk,overlay');
});

test('alone, nothing waits: what is missing is told afterwards', async () => {
  const { guard: one, warnings } = guard('alone', [whole, open]);
  await one.beforeListening();
  expect(one.report).toBeNull();
  one.afterListening();
  await expect.poll(() => one.report?.parts).toEqual([whole, open]);
  expect(warnings).toEqual([open]);
});
