import type { CheckResult } from '#contract/check.ts';
import type { SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';
import { imageRef } from './image-ref.ts';
import { failed, PASSED } from './results.ts';
import { isLabelledForStack, STACK_LABEL, serviceByName, stackImageAgrees } from './services.ts';

/** Messages that {@link stackServices} may give. */
export const STACK_MESSAGES = [
  'stack-missing',
  'stack-other-name',
  'service-missing',
  'service-by-hand',
] as const;
export type StackMessage = (typeof STACK_MESSAGES)[number];

/** Every named service of a stack exists and was made by `docker stack deploy`. Names are those of the Compose file. */
export function stackServices(
  swarm: SwarmView,
  stack: string,
  names: readonly string[],
): CheckResult<StackMessage> {
  const found = names.map((name) => ({
    name: `${stack}_${name}`,
    service: serviceByName(swarm, `${stack}_${name}`),
  }));
  const seen = { services: swarm.services.map((service) => service.name) };
  for (const { name, service } of found) {
    if (service !== null && !isLabelledForStack(service.spec, stack)) {
      return failed('service-by-hand', { service: name }, { ...seen, labels: { ...service.spec.labels } });
    }
  }
  const missing = found.find(({ service }) => service === null);
  if (missing === undefined) return PASSED;
  if (found.some(({ service }) => service !== null)) {
    return failed('service-missing', { service: missing.name, stack }, seen);
  }
  const otherStack = stackWithServices(swarm, names);
  if (otherStack !== null) return failed('stack-other-name', { seen: otherStack, stack }, seen);
  return failed('stack-missing', { stack }, seen);
}

/** The name under which somebody deployed these services instead. */
function stackWithServices(swarm: SwarmView, names: readonly string[]): string | null {
  for (const service of swarm.services) {
    const stack = service.spec.labels[STACK_LABEL];
    if (stack !== undefined && names.some((name) => service.name === `${stack}_${name}`)) return stack;
  }
  return null;
}

/** Messages that {@link imageByStack} may give. */
export const IMAGE_MESSAGES = ['image-wrong', 'image-by-hand'] as const;
export type ImageMessage = (typeof IMAGE_MESSAGES)[number];

/** The spec asks for this image, and a stack deployment put it there. */
export function imageByStack(service: SwarmService, image: string): CheckResult<ImageMessage> {
  const seen = imageRef(service.spec.image);
  const values = { service: service.name, seen, image: imageRef(image) };
  if (seen !== imageRef(image)) return failed('image-wrong', values, { service: service.name, image: seen });
  if (!stackImageAgrees(service.spec)) return failed('image-by-hand', values, { ...service.spec.labels });
  return PASSED;
}
