import { describe, expect, test } from 'vitest';
import { globalRunning, replicasRunning } from './capacity.ts';
import { eligibleNodes } from './eligible-nodes.ts';
import { blockedReason, healthOf, liveTasks, liveTasksOfSpec, tasksFailedUnhealthy } from './tasks.ts';
import { aNode, aService, aSnapshot, aSpec, aSwarm, aTask } from './testing/swarm-builder.ts';

const service = aService();
const UNHEALTHY = 'task: non-zero exit (137): dockerexec: unhealthy container';

describe('liveTasks', () => {
  test('counts only tasks that are wanted and run', () => {
    const tasks = [
      aTask('runs'),
      aTask('replaced', { desiredState: 'shutdown' }),
      aTask('starts', { state: 'starting' }),
      aTask('of-another', { serviceId: 'service2' }),
    ];
    expect(liveTasks(aSwarm({ tasks }), service).map((task) => task.id)).toEqual(['runs']);
  });
  test.each([
    ['a crashed node', aNode('node1', { state: 'down' })],
    ['a drained node', aNode('node1', { availability: 'drain' })],
  ])('does not count tasks of %s', (_what, node) => {
    expect(liveTasks(aSwarm({ nodes: [node] }), service)).toEqual([]);
  });
  test('of the spec leaves out tasks that still run the earlier image', () => {
    const updating = aService({ spec: aSpec({ image: 'api:v2@sha256:0' }) });
    const tasks = [aTask('old'), aTask('new', { image: 'api:v2' })];
    expect(liveTasksOfSpec(aSwarm({ tasks }), updating).map((task) => task.id)).toEqual(['new']);
  });
});

describe('replicasRunning', () => {
  const judge = (tasks: ReturnType<typeof aTask>[], spec = aSpec()) =>
    replicasRunning(aSwarm({ tasks }), aService({ spec }), 2);
  test('passes when as many run as the spec asks for', () => {
    expect(judge([aTask('one'), aTask('two')]).verdict).toBe('passed');
  });
  test('waits for tasks that start', () => {
    expect(judge([aTask('one'), aTask('two', { state: 'starting' })])).toMatchObject({
      verdict: 'pending',
      message: 'replicas-starting',
      values: { n: 1, expected: 2 },
    });
  });
  test('says why no node takes a task', () => {
    const error = 'no suitable node (scheduling constraints not satisfied on 1 node)';
    const tasks = [aTask('one'), aTask('two', { state: 'pending', nodeId: null, error })];
    expect(judge(tasks)).toMatchObject({ verdict: 'failed', message: 'replicas-blocked', values: { error } });
    expect(blockedReason(aSwarm({ tasks }), service)).toBe(error);
  });
  test('says why tasks do not start', () => {
    const gone = aTask('gone', {
      state: 'rejected',
      desiredState: 'shutdown',
      error: 'No such image: api:v1',
    });
    const tasks = [aTask('one'), gone, aTask('next', { state: 'preparing' })];
    expect(judge(tasks)).toMatchObject({
      message: 'replicas-failing',
      values: { error: 'No such image: api:v1' },
    });
  });
  test.each([UNHEALTHY, 'task: non-zero exit (143)'])(
    'takes a replica that ended by "%s" for one that is being replaced',
    (error) => {
      const gone = aTask('gone', { state: 'failed', desiredState: 'shutdown', error });
      expect(judge([aTask('one'), gone, aTask('next', { state: 'starting' })])).toMatchObject({
        message: 'replicas-starting',
      });
    },
  );
  test('reads the number from the spec first', () => {
    const spec = aSpec({ mode: { type: 'replicated', replicas: 1 } });
    expect(judge([aTask('one')], spec)).toMatchObject({ message: 'replicas-spec', values: { n: 1 } });
    expect(judge([], aSpec({ mode: { type: 'global' } }))).toMatchObject({ message: 'replicas-mode' });
  });
});

describe('globalRunning', () => {
  const spec = aSpec({ mode: { type: 'global' } });
  const judge = (nodes: ReturnType<typeof aNode>[], tasks: ReturnType<typeof aTask>[]) =>
    globalRunning(aSwarm({ nodes, tasks }), aService({ spec }));
  test('needs a task on each node that may take one, not on each node', () => {
    const nodes = [aNode('node1'), aNode('node2', { availability: 'drain' })];
    expect(judge(nodes, [aTask('one')]).verdict).toBe('passed');
  });
  test('is not met by no task on no node', () => {
    expect(judge([aNode('node1', { availability: 'drain' })], []).verdict).not.toBe('passed');
  });
  test('waits while the task before still holds the host port', () => {
    const error = 'no suitable node (host-mode port already in use on 1 node)';
    expect(judge([aNode('node1')], [aTask('next', { state: 'pending', error })])).toMatchObject({
      verdict: 'pending',
      message: 'global-starting',
    });
  });
  test('refuses replicated mode, however many run', () => {
    expect(globalRunning(aSwarm(), aService())).toMatchObject({ message: 'global-mode' });
  });
});

describe('eligibleNodes', () => {
  const nodes = [
    aNode('node1', { labels: { disk: 'ssd' } }),
    aNode('node2', { role: 'worker' }),
    aNode('node3', { state: 'down' }),
  ];
  test.each([
    [['node.role == worker'], ['node2']],
    [['node.role!=worker'], ['node1']],
    [['node.hostname==node2'], ['node2']],
    [['node.labels.disk == ssd'], ['node1']],
    [['node.labels.disk != ssd'], ['node2']],
    [['node.platform.os == linux'], ['node1', 'node2']],
    [[], ['node1', 'node2']],
  ])('%j leaves %j', (constraints, expected) => {
    const found = eligibleNodes(aSwarm({ nodes }), aSpec({ constraints }));
    expect(found.map((node) => node.id)).toEqual(expected);
  });
});

test('health comes from the container of the task', () => {
  const snapshot = aSnapshot();
  const [node] = snapshot.labNodes;
  const containers = [{ id: 'c', taskId: 'task1', state: 'running', health: 'healthy' as const }];
  const withHealth = { ...snapshot, labNodes: [{ ...node!, containers }] };
  expect(healthOf(withHealth, aTask('task1'))).toBe('healthy');
  expect(healthOf(withHealth, aTask('task2'))).toBe('none');
});

test('tasks that a health check ended are told from others that failed, newest first', () => {
  const tasks = [
    aTask('early', { state: 'failed', error: UNHEALTHY, stateAtMs: 1 }),
    aTask('late', { state: 'failed', error: UNHEALTHY, stateAtMs: 2 }),
    aTask('killed', { state: 'failed', error: 'task: non-zero exit (137)' }),
  ];
  expect(tasksFailedUnhealthy(aSwarm({ tasks }), service).map((task) => task.id)).toEqual(['late', 'early']);
});
