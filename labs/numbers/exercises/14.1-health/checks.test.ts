import { describe, expect, test } from 'vitest';
import {
  grade,
  outcomesOf,
  readRecording,
  withService,
  withSwarm,
} from '../../../../server/testing/recordings.ts';

const completed = readRecording('numbers', 'v2-completed');
const API = 'numbers_numbers-api';
const WEB = 'numbers_numbers-web';

const judge = (context: typeof completed) => grade('14.1-health', context);

test('the solution meets every check', async () => {
  expect(new Set(Object.values(await judge(completed)))).toEqual(new Set(['passed']));
});

test('v1 as the exercise before left it: nothing is updated yet, the rest stands', async () => {
  expect(await judge(readRecording('numbers', 'v1-deployed'))).toEqual({
    'stack-deployed': 'passed',
    'images-v2': 'image-wrong',
    'healthcheck-in-spec': 'healthcheck-missing',
    'production-shape': 'passed',
    'updated-in-place': 'needs-earlier',
    'update-completed': 'needs-earlier',
    'replicas-healthy': 'needs-earlier',
  });
});

test('an update under way is waited for, with its progress', async () => {
  const outcomes = await outcomesOf('14.1-health', readRecording('numbers', 'v2-updating'));
  const update = outcomes.find((outcome) => outcome.id === 'update-completed');
  expect(update).toMatchObject({ verdict: 'pending', messageId: 'update-in-progress' });
  expect(update?.message?.ko).toMatch(/레플리카 \d개가 교체됐고/);
});

test('a paused update fails with the error of the task, though the spec says v2', async () => {
  const outcomes = await outcomesOf('14.1-health', readRecording('numbers', 'v2-paused'));
  const update = outcomes.find((outcome) => outcome.id === 'update-completed');
  expect(update).toMatchObject({ verdict: 'failed', messageId: 'update-paused' });
  expect(update?.message?.en).toContain('unhealthy container');
});

describe('a swarm that differs in one thing gets that thing named', () => {
  test('only the image changed, by docker service update', async () => {
    const byHand = withService(completed, API, (service) => ({
      ...service,
      spec: {
        ...service.spec,
        labels: { ...service.spec.labels, 'com.docker.stack.image': 'numbers-api:v1' },
      },
    }));
    expect(await judge(byHand)).toMatchObject({ 'images-v2': 'image-by-hand' });
  });

  test('the health check of the image alone', async () => {
    const imageOnly = withService(completed, API, (service) => ({
      ...service,
      spec: { ...service.spec, healthcheck: null },
    }));
    expect(await judge(imageOnly)).toMatchObject({ 'healthcheck-in-spec': 'healthcheck-missing' });
  });

  test('services of which nothing tells that they ran v1', async () => {
    const recreated = withService({ ...completed, history: [] }, WEB, (service) => ({
      ...service,
      previousSpec: null,
    }));
    expect(await judge(recreated)).toMatchObject({ 'updated-in-place': 'recreated' });
  });

  test('the same file deployed twice still counts, by the history', async () => {
    const again = withService(completed, API, (service) => ({
      ...service,
      previousSpec: service.spec,
      updateStatus: null,
    }));
    expect(await judge(again)).toMatchObject({ 'updated-in-place': 'passed', 'update-completed': 'passed' });
  });

  test('a stack deployed without prod.yml, which the engine stopped half-way', async () => {
    const halfWay = withSwarm(
      withService(completed, WEB, (service) => ({
        ...service,
        spec: { ...service.spec, image: 'numbers-web:v1' },
      })),
      (swarm) => ({
        ...swarm,
        networks: [...swarm.networks, { ...swarm.networks[0]!, name: 'numbers_app-net' }],
      }),
    );
    expect(await judge(halfWay)).toMatchObject({ 'images-v2': 'deployed-without-prod' });
  });

  test('a replica that is unhealthy right now', async () => {
    const { snapshot } = completed;
    const labNodes = snapshot.labNodes.map((node) => ({
      ...node,
      containers: node.containers.map((container, index) =>
        index === 0 || container.health === 'none'
          ? container
          : { ...container, health: 'unhealthy' as const },
      ),
    }));
    const sick = { ...completed, snapshot: { ...snapshot, labNodes } };
    expect(await judge(sick)).toMatchObject({ 'replicas-healthy': 'health-unhealthy' });
  });
});
