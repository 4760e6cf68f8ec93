import { expect, test } from 'vitest';
import type { PublishedPort, ServiceSpec } from '#contract/swarm-snapshot.ts';
import { aService, aSnapshot, aSpec, aSwarm } from '../../../labs/kit/testing/swarm-builder.ts';
import { unroutedServices } from './unrouted-services.ts';

const port = (publishMode: PublishedPort['publishMode']): PublishedPort => ({
  publishedPort: 80,
  targetPort: 80,
  protocol: 'tcp',
  publishMode,
});

function found(specs: Record<string, Partial<ServiceSpec>>, told: readonly string[] = []) {
  const services = Object.entries(specs).map(([name, spec]) =>
    aService({ id: `${name}-id`, name, spec: aSpec(spec) }),
  );
  return unroutedServices(aSnapshot(aSwarm({ services })), (id) => !told.includes(id)).names;
}

test('the course’s stack is silent: API by dnsrr, web by a port of the host', () => {
  const names = found({
    'numbers-api': { networkIds: ['prod'], endpointMode: 'dnsrr' },
    'numbers-web': { networkIds: ['prod'], endpointMode: 'vip', ports: [port('host')] },
  });
  expect(names).toEqual({ ingress: [], virtualIp: [] });
});

test('a service that stands alone needs no virtual IP', () => {
  expect(found({ one: { networkIds: ['a'] }, two: { networkIds: [] } }).virtualIp).toEqual([]);
});

test('a port without host mode goes through ingress', () => {
  expect(found({ mesh: { ports: [port('ingress')] } })).toEqual({ ingress: ['mesh'], virtualIp: [] });
});

test('a neighbour would reach a service by its virtual IP, also where no mode is set', () => {
  const names = found({
    api: { networkIds: ['prod'], endpointMode: null },
    web: { networkIds: ['prod'], ports: [port('host')] },
  });
  expect(names).toEqual({ ingress: [], virtualIp: ['api'] });
});

test('what has been told of is not told again, and no name of any other form is repeated', () => {
  expect(found({ mesh: { ports: [port('ingress')] } }, ['mesh-id']).ingress).toEqual([]);
  expect(found({ '`<b>': { ports: [port('ingress')] } }).ingress).toEqual([]);
});
