import { describe, expect, test } from 'vitest';
import type { HistoryEntry, HistoryFact } from '#contract/swarm-history.ts';
import { HistoryLog } from './history-log.ts';
import { NO_SINK } from './history-sink.ts';

const service = { id: 'service1', name: 'shop_api' };
const health: HistoryFact = { type: 'health', service, taskId: 'task1', health: 'healthy' };
const request: HistoryFact = {
  type: 'request',
  labNode: 'node1',
  outcome: 'ok',
  status: 200,
  durationMs: 3,
  version: 'v3',
};
const milestone: HistoryFact = { type: 'service-removed', service };

const at = (fact: HistoryFact) => ({ atMs: 1, fact });

test('entries are numbered on from what was kept, and handed to the sink', () => {
  const kept: HistoryEntry[] = [{ atMs: 1, seq: 41, ...milestone }];
  const log = new HistoryLog({ load: () => [...kept], append: (entries) => kept.push(...entries) });
  log.append([at(health), at(milestone)]);
  expect(kept.map((entry) => entry.seq)).toEqual([41, 42, 43]);
  expect(log.lastSeq).toBe(43);
  expect(log.entries).toHaveLength(3);
});

describe('a history that grows too long', () => {
  test('gives up details before milestones, the oldest first', () => {
    const log = new HistoryLog(NO_SINK);
    log.append([at(milestone)]);
    for (let round = 0; round < 50; round++) log.append(Array(100).fill(at(health)));
    expect(log.entries).toHaveLength(4_000);
    expect(log.entries[0]).toMatchObject({ seq: 1, type: 'service-removed' });
    expect(log.entries.at(-1)?.seq).toBe(5_001);
  });

  test('gives up requests first, for only so many are kept', () => {
    const log = new HistoryLog(NO_SINK);
    log.append(Array(100).fill(at(health)));
    log.append(Array(1_000).fill(at(request)));
    expect(log.entries).toHaveLength(700);
    expect(log.entries[0]?.type).toBe('health');
    expect(log.entries.at(-1)?.seq).toBe(1_100);
  });

  test('is bounded also when everything in it is a milestone', () => {
    const log = new HistoryLog(NO_SINK);
    for (let round = 0; round < 60; round++) log.append(Array(100).fill(at(milestone)));
    expect(log.entries.length).toBeLessThanOrEqual(4_000);
    expect(log.entries.at(-1)?.seq).toBe(6_000);
  });
});
