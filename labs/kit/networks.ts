import type { CheckResult } from '#contract/check.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { failed, PASSED } from './results.ts';
import { STACK_LABEL } from './services.ts';

/** Messages that {@link overlayOfStack} may give. */
export const NETWORK_MESSAGES = [
  'network-missing',
  'network-not-overlay',
  'network-by-hand',
  'network-unused',
] as const;
export type NetworkMessage = (typeof NETWORK_MESSAGES)[number];

/** A swarm-wide overlay network of this name, made by the stack, to which all the services are attached. */
export function overlayOfStack(
  swarm: SwarmView,
  wanted: { readonly network: string; readonly stack: string; readonly services: readonly SwarmService[] },
): CheckResult<NetworkMessage> {
  const { network: name, stack } = wanted;
  const network = swarm.networks.find((candidate) => candidate.name === name);
  const seen = { networks: swarm.networks.map((candidate) => candidate.name) };
  if (network === undefined) return failed('network-missing', { network: name, stack }, seen);
  if (network.driver !== 'overlay' || network.scope !== 'swarm') {
    return failed('network-not-overlay', { network: name, driver: network.driver }, seen);
  }
  if (network.labels[STACK_LABEL] !== stack) return failed('network-by-hand', { network: name, stack }, seen);
  const detached = wanted.services.find((service) => !service.spec.networkIds.includes(network.id));
  if (detached) return failed('network-unused', { network: name, service: detached.name }, seen);
  return PASSED;
}
