import { describe, expect, test } from 'vitest';
import { fromStack, sameService, scaledByHand, serviceByName } from './services.ts';
import { stackServices } from './stack.ts';
import { aService, aSpec, aSwarm } from './testing/swarm-builder.ts';

const byHand = aSpec({ labels: {}, containerLabels: {} });

test('a service is found by its whole name, not by how it begins', () => {
  const swarm = aSwarm({ services: [aService({ name: 'shop_api-2' })] });
  expect(serviceByName(swarm, 'shop_api')).toBeNull();
});

describe('fromStack', () => {
  test('holds for what docker stack deploy makes', () => {
    expect(fromStack(aSpec(), 'shop')).toBe(true);
  });
  test.each([
    ['a service made by hand', byHand],
    ['a label on the service alone', aSpec({ containerLabels: {} })],
    [
      'another stack',
      aSpec({ labels: { 'com.docker.stack.namespace': 'other', 'com.docker.stack.image': 'api:v1' } }),
    ],
    ['an image changed by docker service update', aSpec({ image: 'api:v2' })],
  ])('does not hold for %s', (_what, spec) => {
    expect(fromStack(spec, 'shop')).toBe(false);
  });
});

describe('scaledByHand', () => {
  const three = { type: 'replicated', replicas: 3 } as const;
  test('sees a spec that differs from the one before in replicas alone', () => {
    expect(scaledByHand(aService({ spec: aSpec({ mode: three }), previousSpec: aSpec() }))).toBe(true);
  });
  test('is not misled by the order of labels', () => {
    const labels = { 'com.docker.stack.image': 'api:v1', 'com.docker.stack.namespace': 'shop' };
    expect(scaledByHand(aService({ spec: aSpec({ mode: three, labels }), previousSpec: aSpec() }))).toBe(
      true,
    );
  });
  test.each([
    ['a service never changed', aService()],
    ['the same file deployed twice', aService({ previousSpec: aSpec() })],
    [
      'a deployment that changed more',
      aService({ spec: aSpec({ mode: three, env: ['A=1'] }), previousSpec: aSpec() }),
    ],
    ['a change of mode', aService({ spec: aSpec({ mode: { type: 'global' } }), previousSpec: aSpec() })],
  ])('does not see it in %s', (_what, service) => {
    expect(scaledByHand(service)).toBe(false);
  });
});

test('a service created anew is not the same service', () => {
  expect(sameService(aService(), 'service1')).toBe(true);
  expect(sameService(aService(), 'another')).toBe(false);
  expect(sameService(aService(), undefined)).toBe(true);
});

describe('stackServices', () => {
  const judge = (names: string[], services = [aService()]) =>
    stackServices(aSwarm({ services }), 'shop', names);
  test('passes with all services', () => {
    expect(judge(['api']).verdict).toBe('passed');
  });
  test('names the missing one of several', () => {
    expect(judge(['api', 'web'])).toMatchObject({
      message: 'service-missing',
      values: { service: 'shop_web' },
    });
  });
  test('tells a service made by hand from a missing one', () => {
    expect(judge(['api'], [aService({ spec: byHand })])).toMatchObject({ message: 'service-by-hand' });
  });
  test('recognizes the stack under another name', () => {
    const labels = { 'com.docker.stack.namespace': 'shpo' };
    const services = [aService({ name: 'shpo_api', spec: aSpec({ labels, containerLabels: labels }) })];
    expect(judge(['api'], services)).toMatchObject({ message: 'stack-other-name', values: { seen: 'shpo' } });
  });
  test('says that there is no stack', () => {
    expect(judge(['api'], [])).toMatchObject({ message: 'stack-missing' });
  });
});
