import { describe, expect, test } from 'vitest';
import { cpusText, durationText, memoryText } from './durations.ts';
import { healthcheckInSpec, replicasHealthy } from './health.ts';
import { resourceLimits } from './limits.ts';
import { overlayOfStack } from './networks.ts';
import { hostPort } from './ports.ts';
import { aService, aSnapshot, aSpec, aSwarm, aTask } from './testing/swarm-builder.ts';

const http = { publishedPort: 80, targetPort: 80, protocol: 'tcp', publishMode: 'host' } as const;
const port80 = { published: 80, target: 80 };

describe('hostPort', () => {
  test.each([
    [[http], 'passed'],
    [[], 'port-missing'],
    [[{ ...http, publishMode: 'ingress' as const }], 'port-ingress'],
    [[{ ...http, publishedPort: 8080 }], 'port-wrong'],
    [[{ ...http, protocol: 'udp' }], 'port-wrong'],
    [[http, { ...http, publishedPort: 443 }], 'port-wrong'],
  ])('%j gets %s', (ports, expected) => {
    const result = hostPort(aService({ spec: aSpec({ ports }) }), port80);
    expect(result.verdict === 'passed' ? 'passed' : result.message).toBe(expected);
  });
});

describe('resourceLimits', () => {
  const wanted = { nanoCpus: 5e8, memoryBytes: 78_643_200 };
  test.each([
    [{ nanoCpus: 5e8, memoryBytes: 78_643_200 }, 'passed'],
    [{ nanoCpus: null, memoryBytes: null }, 'limits-missing'],
    [{ nanoCpus: 5e8, memoryBytes: null }, 'limits-wrong'],
    [{ nanoCpus: 1e9, memoryBytes: 78_643_200 }, 'limits-wrong'],
  ])('%j gets %s', (limits, expected) => {
    const result = resourceLimits(aService({ spec: aSpec({ limits }) }), wanted);
    expect(result.verdict === 'passed' ? 'passed' : result.message).toBe(expected);
  });
});

describe('overlayOfStack', () => {
  const swarm = aSwarm();
  const wanted = { network: 'shop-net', stack: 'shop', services: [aService()] };
  test.each([
    ['the right network', swarm, wanted, 'passed'],
    ['no such network', swarm, { ...wanted, network: 'other' }, 'network-missing'],
    ['a network of another stack', swarm, { ...wanted, stack: 'other' }, 'network-by-hand'],
    [
      'a service outside',
      swarm,
      { ...wanted, services: [aService({ spec: aSpec({ networkIds: [] }) })] },
      'network-unused',
    ],
    [
      'a bridge of the same name',
      aSwarm({ networks: [{ ...swarm.networks[0]!, driver: 'bridge', scope: 'local' }] }),
      wanted,
      'network-not-overlay',
    ],
  ])('%s', (_what, view, request, expected) => {
    const result = overlayOfStack(view, request);
    expect(result.verdict === 'passed' ? 'passed' : result.message).toBe(expected);
  });
});

describe('healthcheckInSpec', () => {
  const wanted = { intervalNs: 2e9, timeoutNs: 3e9, startPeriodNs: 5e9, retries: 2 };
  const right = { ...wanted, test: ['CMD', '/probe'], startIntervalNs: null };
  test.each([
    ['all values as wanted', right, 'passed'],
    ['none, though the image may have one', null, 'healthcheck-missing'],
    ['numbers without a command', { ...right, test: [] }, 'healthcheck-test-missing'],
    ['a check switched off', { ...right, test: ['NONE'] }, 'healthcheck-disabled'],
    ['another interval', { ...right, intervalNs: 3e10 }, 'healthcheck-values'],
    ['no number of retries', { ...right, retries: null }, 'healthcheck-values'],
  ])('%s', (_what, healthcheck, expected) => {
    const result = healthcheckInSpec(aService({ spec: aSpec({ healthcheck }) }), wanted);
    expect(result.verdict === 'passed' ? 'passed' : result.message).toBe(expected);
  });
});

describe('replicasHealthy', () => {
  const judge = (...health: ('none' | 'starting' | 'healthy' | 'unhealthy')[]) => {
    const tasks = health.map((_one, index) => aTask(`task${index}`));
    const swarm = aSwarm({ tasks });
    const snapshot = aSnapshot(swarm);
    const containers = tasks.map(({ id }, index) => ({
      id,
      taskId: id,
      state: 'running',
      health: health[index]!,
    }));
    const labNodes = [{ ...snapshot.labNodes[0]!, containers }];
    const result = replicasHealthy({ ...snapshot, labNodes }, swarm, aService(), 2);
    return result.verdict === 'passed' ? 'passed' : result.message;
  };
  test.each([
    [['healthy', 'healthy'] as const, 'passed'],
    [['healthy'] as const, 'health-starting'],
    [['healthy', 'starting'] as const, 'health-starting'],
    [['healthy', 'unhealthy'] as const, 'health-unhealthy'],
    [['none', 'none'] as const, 'health-none'],
    [['healthy', 'healthy', 'healthy'] as const, 'health-starting'],
  ])('%j gets %s', (health, expected) => {
    expect(judge(...health)).toBe(expected);
  });
});

test.each([
  [2e9, '2s'],
  [5e8, '500ms'],
  [6e10, '1m'],
  [9e10, '1m30s'],
])('%d ns reads %s', (durationNs, text) => {
  expect(durationText(durationNs)).toBe(text);
});

test('sizes read as in a Compose file', () => {
  expect(memoryText(78_643_200)).toBe('75M');
  expect(cpusText(5e8)).toBe('0.50');
});
