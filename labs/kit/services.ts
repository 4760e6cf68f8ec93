import type { ServiceSpec, SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { imageRef } from './image-ref.ts';

export const STACK_LABEL = 'com.docker.stack.namespace';
const STACK_IMAGE_LABEL = 'com.docker.stack.image';

/** Exact name: the API's own name filter would also find `numbers_numbers-api-2`. */
export function serviceByName(swarm: SwarmView, name: string): SwarmService | null {
  return swarm.services.find((service) => service.name === name) ?? null;
}

/**
 * True when `docker stack deploy` wrote this spec. A service made by hand lacks the container label even if somebody
 * labelled the service itself; `docker service update --image` leaves the stack's image label behind.
 */
export function fromStack(spec: ServiceSpec, stack: string): boolean {
  return isLabelledForStack(spec, stack) && stackImageAgrees(spec);
}

export function isLabelledForStack(spec: ServiceSpec, stack: string): boolean {
  return spec.labels[STACK_LABEL] === stack && spec.containerLabels[STACK_LABEL] === stack;
}

export function stackImageAgrees(spec: ServiceSpec): boolean {
  const stackImage = spec.labels[STACK_IMAGE_LABEL];
  return stackImage !== undefined && imageRef(stackImage) === imageRef(spec.image);
}

/**
 * True when the latest change of the spec touched nothing but the number of replicas, which is what
 * `docker service scale` leaves behind; labels can't tell. Deploying the stack again clears it.
 */
export function scaledByHand(service: SwarmService): boolean {
  const { spec, previousSpec } = service;
  if (previousSpec === null) return false;
  if (spec.mode.type !== 'replicated' || previousSpec.mode.type !== 'replicated') return false;
  if (spec.mode.replicas === previousSpec.mode.replicas) return false;
  return sameSpec(spec, { ...previousSpec, mode: spec.mode });
}

function sameSpec(one: ServiceSpec, other: ServiceSpec): boolean {
  return JSON.stringify(sortKeys(one)) === JSON.stringify(sortKeys(other));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}

/** False for a service that was removed and created again, which is no update. */
export function sameService(service: SwarmService, idAtStart: string | undefined): boolean {
  return idAtStart === undefined || service.id === idAtStart;
}
