import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rolloutsIn, sliceOf } from '#contract/rollouts.ts';
import type { HistoryEntry } from '#contract/swarm-history.ts';
import { foreign } from './foreign-text.ts';
import { logLines } from './log-lines.ts';
import { figuresOf, momentAt, pictureOf } from './picture.ts';
import { lanesOf } from './task-lanes.ts';
import { EN } from './texts-en.ts';
import { ticks } from './time-scale.ts';

/** What the server wrote down on a real swarm. */
function recorded(name: string): HistoryEntry[] {
  const file = join(import.meta.dirname, '../../../labs/numbers/testing/fixtures', `${name}.jsonl`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { history: HistoryEntry[] }).history;
}

function apiRollout(history: readonly HistoryEntry[]) {
  return rolloutsIn(history).findLast(({ service }) => service.name === 'numbers_numbers-api')!;
}

function pictureOfRollout(history: readonly HistoryEntry[]) {
  const rollout = apiRollout(history);
  const span = { fromMs: rollout.startedAtMs - 1_000, toMs: (rollout.endedAtMs ?? 0) + 3_000 };
  return { rollout, picture: pictureOf(history, rollout.service.id, span) };
}

describe('a rollback that a bad version led to', () => {
  const history = recorded('v5-rolled-back');
  const { rollout, picture } = pictureOfRollout(history);

  test('is one rollout from the deployment to the end of the way back', () => {
    expect(rollout).toMatchObject({
      outcome: 'rolled-back',
      fromImage: 'numbers-api:v3',
      toImage: 'numbers-api:v5',
      updateConfig: { parallelism: 3, order: 'start-first' },
    });
    expect(((rollout.endedAtMs ?? 0) - rollout.startedAtMs) / 1_000).toBeCloseTo(17.8, 1);
  });

  test('has a lane per replica, two rows where a new one stood beside the old', () => {
    expect(picture.lanes.map(({ slot }) => slot)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(picture.lanes.map(({ rows }) => rows)).toEqual([2, 2, 1, 1, 1, 2]);
    const bad = picture.lanes.flatMap(({ lives }) => lives).filter(({ image }) => image === 'numbers-api:v5');
    expect(bad.map(({ end, error }) => [end, error])).toEqual(
      Array(3).fill(['failed', 'task: non-zero exit (143): dockerexec: unhealthy container']),
    );
    expect(bad.map(({ stretches }) => stretches.map(({ look }) => look))).toEqual([
      ['starting', 'unhealthy', 'stopping'],
      ['starting', 'unhealthy', 'stopping'],
      ['starting', 'unhealthy'],
    ]);
  });

  test('has its states in order, and the wait at the end of the way back', () => {
    const seconds = picture.phases.map(({ phase, fromMs }) => [
      phase,
      Math.round((fromMs - rollout.startedAtMs) / 100) / 10,
    ]);
    expect(seconds).toEqual([
      ['updating', 0],
      ['rolling-back', 12.8],
      ['rolled-back', 17.8],
    ]);
  });

  test('never had fewer replicas than wanted', () => {
    expect(figuresOf(picture, rollout.startedAtMs, rollout.endedAtMs)).toMatchObject({
      lowestCapacity: 6,
      failedTasks: 3,
      requests: 0,
    });
    const half = momentAt(picture, rollout.startedAtMs + 5_000);
    expect(half).toMatchObject({ phase: 'updating', capacity: { running: 6, desired: 6 }, failed: 0 });
    expect(half.tasks).toEqual([
      { image: 'numbers-api:v3', look: 'running', count: 6 },
      { image: 'numbers-api:v5', look: 'starting', count: 3 },
    ]);
    expect(momentAt(picture, rollout.startedAtMs + 16_000).failed).toBe(3);
  });

  test('looks the same in the slice that is kept of it', () => {
    const slice = sliceOf(history, rollout, picture.toMs);
    expect(slice.length).toBeLessThan(history.length);
    const span = { fromMs: rollout.startedAtMs, toMs: picture.toMs };
    const before = pictureOf(history, rollout.service.id, span);
    const again = pictureOf(slice, rollout.service.id, span);
    expect(again.lanes.map(({ lives }) => lives.length)).toEqual(
      before.lanes.map(({ lives }) => lives.length),
    );
    expect(again.phases).toEqual(before.phases);
    expect(again.capacity).toEqual(before.capacity);
  });

  test('reads as a log', () => {
    const lines = logLines(history, rollout.service.id, EN).filter(({ atMs }) => atMs >= rollout.startedAtMs);
    const text = lines.map((line) => line.text);
    expect(text).toEqual(
      expect.arrayContaining([
        'status: updating',
        'deployment: numbers-api:v3 → numbers-api:v5',
        'replica 6: v3 → v5 starting',
        'replica 6: v5 unhealthy, the health check failed',
        'replica 6: v5 failed · because: task: non-zero exit (143): dockerexec: unhealthy container',
        'status: rollback_started',
        'status: rollback_completed',
      ]),
    );
    expect(text.filter((line) => line.includes('v5 failed'))).toHaveLength(3);
  });
});

test('a rollout that went well ends with the monitor time', () => {
  const { picture, rollout } = pictureOfRollout(recorded('v3-completed'));
  expect(rollout.outcome).toBe('completed');
  expect(picture.phases.map(({ phase }) => phase)).toEqual(['updating', 'monitor', 'completed']);
  const [, monitor] = picture.phases;
  const configured = (rollout.updateConfig?.monitorNs ?? 0) / 1e6;
  expect(Math.abs((monitor?.toMs ?? 0) - (monitor?.fromMs ?? 0) - configured)).toBeLessThan(1_500);
});

test('all at once leaves nothing running, and the figures say so', () => {
  const { picture, rollout } = pictureOfRollout(recorded('rolled-back-at-once'));
  expect(figuresOf(picture, rollout.startedAtMs, rollout.endedAtMs)).toMatchObject({
    lowestCapacity: 0,
    failedTasks: 6,
  });
});

const service = { id: 's', name: 'shop_api' };
const task = (seq: number, parts: Partial<HistoryEntry>): HistoryEntry =>
  ({
    atMs: seq * 1_000,
    seq,
    type: 'task-state',
    service,
    taskId: 't',
    slot: 1,
    node: 'node1',
    image: 'api:v1',
    old: null,
    new: 'running',
    desired: 'running',
    error: null,
    ...parts,
  }) as HistoryEntry;

test('entries whose clocks are out of order never make a bar that runs backwards', () => {
  const [lane] = lanesOf(
    [
      task(1, { atMs: 5_000, new: 'starting' }),
      task(2, { atMs: 3_000, old: 'starting', new: 'running' }),
      task(3, { atMs: 1_000, old: 'running', new: 'failed' }),
    ],
    's',
  );
  for (const { fromMs, toMs } of lane?.lives[0]?.stretches ?? []) expect(toMs).toBeGreaterThanOrEqual(fromMs);
});

test('while no manager answers, what is shown is marked as not known', () => {
  const control = (seq: number, answers: boolean): HistoryEntry => ({
    atMs: seq * 1_000,
    seq,
    type: 'control',
    labNode: 'node1',
    answers,
    error: null,
  });
  const entries = [task(1, {}), control(2, false), control(6, true)];
  const picture = pictureOf(entries, 's', { fromMs: 0, toMs: 10_000 });
  expect(picture.gaps).toEqual([{ fromMs: 2_000, toMs: 6_000 }]);
  expect(momentAt(picture, 3_000).isUnknown).toBe(true);
  expect(momentAt(picture, 7_000).isUnknown).toBe(false);
});

test('where nothing has listened yet is no failure; where something did it is', () => {
  const visit = (seq: number, outcome: 'ok' | 'refused'): HistoryEntry => ({
    atMs: seq * 1_000,
    seq,
    type: 'request',
    labNode: 'node1',
    outcome,
    status: outcome === 'ok' ? 200 : null,
    durationMs: 4,
    version: null,
  });
  const entries = [visit(1, 'refused'), visit(2, 'ok'), visit(3, 'refused')];
  const picture = pictureOf(entries, 's', { fromMs: 0, toMs: 10_000 });
  expect(picture.visits.map(({ outcome }) => outcome)).toEqual(['not-yet', 'ok', 'refused']);
  expect(figuresOf(picture, 0, 9_000)).toMatchObject({ requests: 2, failedRequests: 1 });
});

test('ten thousand entries are drawn in no time', () => {
  const entries = Array.from({ length: 10_000 }, (_, index) =>
    task(index + 1, { taskId: `t${index % 2_000}`, slot: index % 60 }),
  );
  const beganAtMs = performance.now();
  const picture = pictureOf(entries, 's', { fromMs: 0, toMs: 10_000_000 });
  logLines(entries, 's', EN);
  rolloutsIn(entries);
  expect(performance.now() - beganAtMs).toBeLessThan(1_500);
  expect(picture.lanes).toHaveLength(60);
});

test('words of the swarm can’t turn ours around', () => {
  expect(foreign('a\u202eb\u0007')).toBe('ab');
  expect(foreign('x'.repeat(500))).toMatch(/^\u2068x{59}…\u2069$/);
  expect(foreign('가나')).toBe('\u2068가나\u2069');
});

test('ticks are whole steps and never too many', () => {
  expect(ticks({ fromMs: 9_000, toMs: 30_000 }, 10_000, 6).map(({ seconds }) => seconds)).toEqual([
    0, 5, 10, 15, 20,
  ]);
  for (const hours of [0.001, 0.1, 3, 400]) {
    expect(ticks({ fromMs: 0, toMs: hours * 3_600_000 }, 0, 6).length).toBeLessThanOrEqual(8);
  }
});
