import { expect, test } from 'vitest';
import type { CheckContext } from '#contract/check.ts';
import {
  grade,
  outcomesOf,
  readRecording,
  withService,
  withSwarm,
} from '../../../../server/testing/recordings.ts';

const rebalanced = readRecording('cluster', 'rebalanced');
const API = 'numbers_numbers-api';
const judge = (context: CheckContext) => grade('14.4-rebalance', context);

const withForce = (forceUpdate: number): CheckContext =>
  withService(rebalanced, API, (service) => ({ ...service, spec: { ...service.spec, forceUpdate } }));

/** As if all replicas ran on node2. */
function crowded(context: CheckContext): CheckContext {
  return withSwarm(context, (swarm) => {
    const api = swarm.services.find((service) => service.name === API);
    const node2 = swarm.nodes.find((node) => node.hostname === 'node2');
    const tasks = swarm.tasks.map((task) =>
      task.serviceId === api?.id ? { ...task, nodeId: node2?.id ?? null } : task,
    );
    return { ...swarm, tasks };
  });
}

test('the solution meets every check', async () => {
  const outcomes = await outcomesOf('14.4-rebalance', rebalanced);
  expect(new Set(outcomes.map((outcome) => outcome.verdict))).toEqual(new Set(['passed']));
});

test('replicas spread by other means were not forced', async () => {
  expect(await judge(withForce(0))).toMatchObject({ forced: 'not-forced' });
});

test('a service made anew is told from one that was updated', async () => {
  const context = withForce(0);
  const start = { ...context.start, serviceIds: { [API]: 'earlier' } };
  expect(await judge({ ...context, start })).toMatchObject({ forced: 'recreated' });
});

test('a node without a replica is named, and waited for during the update', async () => {
  expect(await judge(crowded(rebalanced))).toMatchObject({ spread: 'node-empty' });
  const updating = withService(crowded(rebalanced), API, (service) => ({
    ...service,
    updateStatus: { state: 'updating', startedAtMs: 1, completedAtMs: null, message: '' },
  }));
  expect(await judge(updating)).toMatchObject({ spread: 'still-moving' });
});

test('a node kept back is named first', async () => {
  const paused = withSwarm(rebalanced, (swarm) => ({
    ...swarm,
    nodes: swarm.nodes.map((node) => (node.hostname === 'node3' ? { ...node, availability: 'pause' } : node)),
  }));
  expect(await judge(paused)).toMatchObject({ 'all-active': 'node-not-active' });
});
