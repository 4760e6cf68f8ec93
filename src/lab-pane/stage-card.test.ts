import { expect, test } from 'vitest';
import { LabProblem } from '../api-client/lab-problem.ts';
import { type StageFacts, stageCard } from './stage-card.ts';

const facts: StageFacts = {
  signIn: 'in',
  hasLesson: true,
  isJoined: true,
  status: null,
  work: null,
  problem: null,
};
const card = (change: Partial<StageFacts>) => stageCard({ ...facts, ...change });

test('before anything is known the pane says that it is looking', () => {
  expect(card({ signIn: 'checking', hasLesson: false })?.kind).toBe('checking');
});

test('a server that can’t be reached on arrival is said, not hidden behind a start button', () => {
  const problem = new LabProblem('SERVER_UNREACHABLE');
  expect(card({ signIn: 'checking', hasLesson: false, problem })?.kind).toBe('unavailable');
});

test('while it is not known whether the lab runs, nothing can be started', () => {
  expect(card({ isJoined: false })?.kind).toBe('checking');
  expect(card({ isJoined: false, problem: new LabProblem('SERVER_UNREACHABLE') })?.kind).toBe('unavailable');
  expect(card({})?.kind).toBe('start');
});

test('somebody who is not signed in sees how to, whatever else is known', () => {
  expect(card({ signIn: 'out', status: { state: 'ready', sinceMs: 1 } })?.kind).toBe('sign-in');
});

test('a refused start leaves the start card with its reason', () => {
  expect(card({ problem: new LabProblem('LAB_CAPACITY_REACHED') })?.kind).toBe('start');
});

test('the click shows progress before the server’s first word', () => {
  expect(card({ work: 'starting' })).toEqual({ kind: 'progress', step: null });
  expect(card({ status: { state: 'closed', sinceMs: 1 }, work: 'starting' })?.kind).toBe('progress');
  expect(
    card({ status: { state: 'failed', code: 'LAB_START_FAILED', params: {}, sinceMs: 1 }, work: 'resetting' })
      ?.kind,
  ).toBe('progress');
});

const why = { cause: 'idle', afterMs: 900_000 } as const;
const queue = {
  position: 2,
  waiting: 3,
  lacks: 'places',
  open: 4,
  expectedWaitMs: null,
  idleCloseMs: 86_400_000,
} as const;

test.each([
  [
    { state: 'provisioning', step: 'booting', sinceMs: 1 },
    { kind: 'progress', step: 'booting' },
  ],
  [
    { state: 'resetting', step: 'swarm', sinceMs: 1 },
    { kind: 'progress', step: 'swarm' },
  ],
  [
    { state: 'provisioning', step: 'queued', sinceMs: 1, queue },
    { kind: 'waiting', place: queue, canLeave: true },
  ],
  [
    { state: 'resetting', step: 'queued', sinceMs: 1, queue },
    { kind: 'waiting', place: queue, canLeave: false },
  ],
  [
    { state: 'paused', sinceMs: 1 },
    { kind: 'paused', isWaking: false, why: null },
  ],
  [
    { state: 'paused', sinceMs: 1, why },
    { kind: 'paused', isWaking: false, why },
  ],
  [
    { state: 'resuming', sinceMs: 1 },
    { kind: 'paused', isWaking: true, why: null },
  ],
  [
    { state: 'closed', sinceMs: 1 },
    { kind: 'closed', why: null },
  ],
  [
    { state: 'closed', sinceMs: 1, why },
    { kind: 'closed', why },
  ],
  [{ state: 'ready', sinceMs: 1 }, null],
] as const)('%j', (status, expected) => {
  expect(card({ status })).toEqual(expected);
});
