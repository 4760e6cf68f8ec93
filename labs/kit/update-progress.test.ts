import { describe, expect, test } from 'vitest';
import type { UpdateStatus } from '#contract/swarm-snapshot.ts';
import { PASSED } from './results.ts';
import { withSwarm } from './swarm.ts';
import { aService, aSnapshot, aSpec, aSwarm, aTask } from './testing/swarm-builder.ts';
import { settled } from './update-progress.ts';

function judge(state: UpdateStatus['state'], message = '') {
  const updateStatus = { state, startedAtMs: 1, completedAtMs: null, message };
  const service = aService({ spec: aSpec({ image: 'api:v2' }), updateStatus });
  const failed = aTask('r99', { state: 'failed', desiredState: 'shutdown', error: 'unhealthy container' });
  const tasks = [aTask('old'), aTask('new', { image: 'api:v2' }), failed];
  return settled(aSwarm({ tasks }), service);
}

describe('settled', () => {
  test('passes without any status, which a deployment without changes leaves', () => {
    expect(settled(aSwarm(), aService()).verdict).toBe('passed');
  });
  test('waits for an update and says how far it is', () => {
    expect(judge('updating')).toMatchObject({
      verdict: 'pending',
      message: 'update-in-progress',
      values: { n: 1 },
    });
  });
  test('fails when paused, with the error of the task that the status names', () => {
    const paused = judge('paused', 'update paused due to failure or early termination of task r99');
    expect(paused).toMatchObject({ verdict: 'failed', values: { error: 'unhealthy container' } });
  });
  test.each([
    ['completed', 'passed'],
    ['rollback_started', 'pending'],
    ['rollback_paused', 'failed'],
    ['rollback_completed', 'failed'],
  ] as const)('%s is %s', (state, verdict) => {
    expect(judge(state).verdict).toBe(verdict);
  });
});

describe('withSwarm', () => {
  const context = (snapshot: ReturnType<typeof aSnapshot>) => ({
    snapshot,
    history: [],
    start: { atMs: 0, seq: 0, serviceIds: {} },
    nowMs: 0,
  });
  const off = aSnapshot(null);
  const [node] = off.labNodes;
  test.each([
    ['swarm mode off', off, 'swarm-off', 'failed'],
    ['a silent node', { ...off, labNodes: [{ ...node!, answers: false }] }, 'no-answer', 'errored'],
    [
      'a manager without quorum',
      { ...off, labNodes: [{ ...node!, controlError: 'no leader' }] },
      'no-leader',
      'errored',
    ],
    [
      'a node that is joining',
      { ...off, labNodes: [{ ...node!, swarmState: 'pending' as const }] },
      'swarm-starting',
      'pending',
    ],
    [
      'a locked swarm',
      { ...off, labNodes: [{ ...node!, swarmState: 'locked' as const }] },
      'swarm-locked',
      'failed',
    ],
  ])('%s', (_what, snapshot, message, verdict) => {
    expect(withSwarm(context(snapshot), () => PASSED)).toMatchObject({ message, verdict });
  });
  test('judges the swarm that answered', () => {
    expect(withSwarm(context(aSnapshot()), () => PASSED).verdict).toBe('passed');
  });
});
