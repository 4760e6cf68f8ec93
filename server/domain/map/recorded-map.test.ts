import { expect, test } from 'vitest';
import { SwarmMap } from '#contract/swarm-map.ts';
import { readRecording } from '../../testing/recordings.ts';
import { swarmMap } from './swarm-map.ts';

/** The map of what was recorded on a real swarm. */
function mapOf(lab: string, recording: string): SwarmMap {
  const { snapshot } = readRecording(lab, recording);
  return SwarmMap.parse(swarmMap({ snapshot, remembered: snapshot, before: null }));
}

/** How many tasks of which image are in which state. */
function counts({ swarms }: SwarmMap): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { image, state, desired } of swarms.flatMap(({ tasks }) => tasks)) {
    const kind = `${image} ${state}${desired === state ? '' : ` (${desired})`}`;
    found[kind] = (found[kind] ?? 0) + 1;
  }
  return found;
}

test('in the middle of a rollout new tasks stand beside those that run and those that go', () => {
  const map = mapOf('numbers', 'v3-updating');
  expect(counts(map)).toEqual({
    'numbers-api:v2 running': 3,
    'numbers-api:v2 running (shutdown)': 3,
    'numbers-api:v3 running': 3,
    'numbers-api:v3 starting (running)': 3,
    'numbers-web:v2 running (shutdown)': 1,
    'numbers-web:v3 pending (ready)': 1,
  });
  expect(map.swarms[0]?.services).toMatchObject([
    { name: 'numbers_numbers-api', stack: 'numbers', desired: 6, running: 6, update: { state: 'updating' } },
    { name: 'numbers_numbers-web', mode: 'global', update: { state: 'updating' } },
  ]);
});

test('right after a rollback what failed is still there, with the reason', () => {
  const map = mapOf('numbers', 'v5-rolled-back');
  expect(counts(map)).toEqual({
    'numbers-api:v3 running': 6,
    'numbers-api:v5 failed (shutdown)': 3,
    'numbers-api:v5 shutdown': 1,
    'numbers-web:v3 shutdown': 1,
    'numbers-web:v5 running': 1,
  });
  const failed = map.swarms[0]?.tasks.filter(({ state }) => state === 'failed');
  expect(new Set(failed?.map(({ error }) => error))).toEqual(
    new Set(['task: non-zero exit (143): dockerexec: unhealthy container']),
  );
  expect(map.swarms[0]?.services[0]?.update?.state).toBe('rollback_completed');
});

test('a slot that fails again and again shows its newest failures, not what was there before', () => {
  expect(counts(mapOf('numbers', 'v2-paused'))).toEqual({
    'numbers-api:v1 running': 5,
    'numbers-api:v2 failed (shutdown)': 1,
    'numbers-api:v2 starting (running)': 1,
    'numbers-web:v2 running': 1,
  });
});

test('with one manager down, what it ran is still listed on it and counts for nothing', () => {
  const map = mapOf('quorum', 'quorum-regained');
  const [swarm] = map.swarms;
  const node3 = swarm?.nodes.find(({ labNode }) => labNode === null);
  expect(swarm?.nodes.filter(({ leader }) => leader).map(({ labNode }) => labNode)).toEqual(['node1']);
  expect(node3).toMatchObject({ hostname: 'node3', state: 'down' });
  expect(swarm?.services.map(({ running, desired }) => [running, desired])).toEqual([
    [6, 6],
    [2, 2],
  ]);
  expect(
    swarm?.tasks.filter(({ nodeId, state }) => nodeId === node3?.id && state === 'running'),
  ).toHaveLength(3);
});

test('two regions are two clusters; the one that is cut off is not told of', () => {
  const map = mapOf('regions', 'region-switched');
  expect(map.swarms.map(({ services }) => services.map(({ name }) => name))).toEqual([
    ['numbers_numbers-api', 'numbers_numbers-web'],
    ['front_front'],
  ]);
  expect(map.labNodes.map(({ silentSinceMs }) => silentSinceMs !== null)).toEqual([false, true, false]);
});
