import { describe, expect, test } from 'vitest';
import { grade, readRecording, withService, withSwarm } from '../../../../server/testing/recordings.ts';

const deployed = readRecording('numbers', 'v1-deployed');
const API = 'numbers_numbers-api';
const WEB = 'numbers_numbers-web';

const judge = (context: typeof deployed) => grade('14.1-deploy', context);

test('a lab just started fails the first check, and the others wait for it', async () => {
  const verdicts = await judge(readRecording('numbers', 'untouched'));
  expect(Object.values(verdicts)).toEqual(['swarm-off', ...Array(7).fill('needs-earlier')]);
});

test('the solution meets every check', async () => {
  expect(new Set(Object.values(await judge(deployed)))).toEqual(new Set(['passed']));
});

test('services made by hand are no stack, whatever they are called', async () => {
  const verdicts = await judge(readRecording('numbers', 'services-by-hand'));
  expect(verdicts).toMatchObject({ 'swarm-active': 'passed', 'stack-deployed': 'service-by-hand' });
});

test('replicas set by docker service scale do not count', async () => {
  const verdicts = await judge(readRecording('numbers', 'scaled-by-hand'));
  expect(verdicts).toMatchObject({ 'stack-deployed': 'passed', 'api-replicas': 'scaled-by-hand' });
});

describe('a swarm that differs in one thing gets that thing named', () => {
  test('six replicas asked for, but not all running', async () => {
    const starting = withSwarm(deployed, (swarm) => ({
      ...swarm,
      tasks: swarm.tasks.map((task) => (task.slot === 3 ? { ...task, state: 'starting' } : task)),
    }));
    expect(await judge(starting)).toMatchObject({ 'api-replicas': 'replicas-starting', limits: 'passed' });
  });

  test('a label forged on the service alone', async () => {
    const forged = withService(deployed, API, (service) => ({
      ...service,
      spec: { ...service.spec, containerLabels: {} },
    }));
    expect(await judge(forged)).toMatchObject({ 'stack-deployed': 'service-by-hand' });
  });

  test('a global web service with an ingress port', async () => {
    const ingress = withService(deployed, WEB, (service) => ({
      ...service,
      spec: {
        ...service.spec,
        ports: service.spec.ports.map((port) => ({ ...port, publishMode: 'ingress' as const })),
      },
    }));
    expect(await judge(ingress)).toMatchObject({ 'web-global': 'passed', 'web-host-port': 'port-ingress' });
  });

  test('one replicated web task', async () => {
    const replicated = withService(deployed, WEB, (service) => ({
      ...service,
      spec: { ...service.spec, mode: { type: 'replicated', replicas: 1 } },
    }));
    expect(await judge(replicated)).toMatchObject({ 'web-global': 'global-mode', 'web-host-port': 'passed' });
  });

  test('an image with a digest is still the right one', async () => {
    const withDigest = withService(deployed, API, (service) => ({
      ...service,
      spec: { ...service.spec, image: `${service.spec.image}@sha256:0123` },
    }));
    expect(await judge(withDigest)).toMatchObject({ 'images-v1': 'passed' });
  });

  test('a network that somebody made before the stack', async () => {
    const byHand = withSwarm(deployed, (swarm) => ({
      ...swarm,
      networks: swarm.networks.map((network) => ({ ...network, labels: {} })),
    }));
    expect(await judge(byHand)).toMatchObject({ network: 'network-by-hand' });
  });
});

test('a node that does not answer is nobody’s failure', async () => {
  const [node] = deployed.snapshot.labNodes;
  const silent = {
    ...deployed,
    snapshot: { ...deployed.snapshot, labNodes: [{ ...node!, answers: false }], swarms: [] },
  };
  expect(new Set(Object.values(await judge(silent)))).toEqual(new Set(['no-answer']));
});
