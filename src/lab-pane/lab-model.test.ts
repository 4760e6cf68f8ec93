import { describe, expect, test } from 'vitest';
import type { ExerciseVerdict, LabSessionState, LabSessionView } from '#contract/api.ts';
import { EMPTY_LAB, type LabModel, reduceLab } from './lab-model.ts';

const ready: LabSessionState = { state: 'ready', sinceMs: 1_000 };

function session(change: Partial<LabSessionView> = {}): LabSessionView {
  return {
    id: 'aaaaaaaaaaaaaaaa' as LabSessionView['id'],
    lab: 'single-node',
    nodes: ['node1'],
    status: ready,
    conditions: {},
    terminals: [],
    activeExercise: '14.1-deploy',
    generation: 1,
    ...change,
  };
}

function verdict(change: Partial<ExerciseVerdict> = {}): ExerciseVerdict {
  return {
    exercise: '14.1-deploy',
    passed: false,
    completedAtMs: null,
    checks: [],
    evaluatedAtMs: 5_000,
    generation: 1,
    ...change,
  };
}

const joined: LabModel = reduceLab(EMPTY_LAB, { type: 'session', session: session() });

describe('verdicts', () => {
  test('the newest verdict of an exercise wins, whatever the order of arrival', () => {
    const newer = reduceLab(joined, {
      type: 'verdict',
      verdict: verdict({ evaluatedAtMs: 9_000, passed: true }),
    });
    const late = reduceLab(newer, { type: 'verdict', verdict: verdict({ evaluatedAtMs: 8_000 }) });
    expect(late.verdicts['14.1-deploy']?.passed).toBe(true);
  });

  test('verdicts of two exercises stand side by side', () => {
    const one = reduceLab(joined, { type: 'verdict', verdict: verdict() });
    const two = reduceLab(one, { type: 'verdict', verdict: verdict({ exercise: '14.1-health' }) });
    expect(Object.keys(two.verdicts)).toEqual(['14.1-deploy', '14.1-health']);
  });

  test('a verdict about the lab before its reset is dropped', () => {
    const reset = reduceLab(joined, { type: 'session', session: session({ generation: 2 }) });
    expect(reduceLab(reset, { type: 'verdict', verdict: verdict() }).verdicts).toEqual({});
  });

  test('the first verdict after a reset counts even when it comes before the session event', () => {
    const early = reduceLab(joined, { type: 'verdict', verdict: verdict({ generation: 2, passed: true }) });
    const reset = reduceLab(early, { type: 'session', session: session({ generation: 2 }) });
    expect(reset.verdicts['14.1-deploy']?.passed).toBe(true);
  });

  test('a reset voids what was known', () => {
    const judged = reduceLab(joined, { type: 'verdict', verdict: verdict() });
    expect(reduceLab(judged, { type: 'session', session: session({ generation: 2 }) }).verdicts).toEqual({});
  });
});

describe('what the swarm says', () => {
  const node = { name: 'node1', role: 'leader', availability: 'active', state: 'ready' } as const;
  const wait = {
    service: 'a',
    state: 'updating',
    reason: 'delay',
    replaced: 1,
    total: 6,
    remainingMs: 5,
  } as const;
  const map = { takenAtMs: 7, labNodes: [], swarms: [] };
  const port = { node: 'node1', port: 80, service: 'a', mode: 'host', state: 'running' } as const;
  const seen = [
    { type: 'nodes', nodes: [node] } as const,
    { type: 'waiting', waiting: [wait] } as const,
    { type: 'map', map } as const,
    { type: 'ports', ports: [port] } as const,
  ].reduce((model: LabModel, event) => reduceLab(model, event, 42), joined);

  test('nodes, ports, waits and the map are kept, with the time of hearing', () => {
    expect(seen.nodes).toEqual([node]);
    expect(seen.ports).toEqual([port]);
    expect(seen.waits).toEqual({ list: [wait], heardAtMs: 42 });
    expect([seen.map, seen.mapHeardAtMs]).toEqual([map, 42]);
  });

  test('a pause keeps roles, ports and map and drops the countdown; a reset drops all', () => {
    const at = (status: LabSessionState) =>
      reduceLab(seen, { type: 'session', session: session({ status }) });
    const paused = at({ state: 'paused', sinceMs: 2_000 });
    expect([paused.nodes.length, paused.ports.length, paused.waits.list.length]).toEqual([1, 1, 0]);
    expect(paused.map).toBe(map);
    const reset = at({ state: 'resetting', step: 'creating', sinceMs: 2_000 });
    expect([reset.nodes.length, reset.ports.length, reset.waits.list.length]).toEqual([0, 0, 0]);
    expect(reset.map).toBeNull();
  });
});

describe('session', () => {
  test('an answer that arrives after a newer event changes nothing', () => {
    const late = session({ status: { state: 'provisioning', step: 'booting', sinceMs: 500 } });
    expect(reduceLab(joined, { type: 'session', session: late }).session?.status.state).toBe('ready');
  });

  test('an answer of the generation before changes nothing', () => {
    const reset = reduceLab(joined, { type: 'session', session: session({ generation: 2, status: ready }) });
    const late = session({ generation: 1, status: { state: 'ready', sinceMs: 9_000 } });
    expect(reduceLab(reset, { type: 'session', session: late }).session?.generation).toBe(2);
  });

  test('another lab session replaces the known one', () => {
    const other = session({
      id: 'bbbbbbbbbbbbbbbb' as LabSessionView['id'],
      status: { state: 'ready', sinceMs: 1 },
    });
    expect(reduceLab(joined, { type: 'session', session: other }).session?.id).toBe('bbbbbbbbbbbbbbbb');
  });

  test('time counts from the begin of a state, not of its latest step', () => {
    const at = (step: 'queued' | 'booting', sinceMs: number) =>
      session({ status: { state: 'resetting', step, sinceMs } });
    const first = reduceLab(joined, { type: 'session', session: at('queued', 2_000) });
    const second = reduceLab(first, { type: 'session', session: at('booting', 4_000) });
    expect(second.stateSinceMs).toBe(2_000);
    const done = session({ status: { state: 'ready', sinceMs: 6_000 }, generation: 2 });
    expect(reduceLab(second, { type: 'session', session: done }).stateSinceMs).toBe(6_000);
  });
});
