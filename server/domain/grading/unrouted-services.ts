import type { LabSnapshot, SwarmService, SwarmView } from '#contract/swarm-snapshot.ts';

/** Services whose requests go by IPVS, which a lab's kernel namespace may not have. */
export interface UnroutedServices {
  /** Names of services with a port on the ingress network. */
  readonly ingress: readonly string[];
  /** Names of services that others on their network would reach by a virtual IP. */
  readonly virtualIp: readonly string[];
}

/** Everything else a swarm does not let through either, but a learner's engine may say what it likes. */
const SERVICE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

/** @param isNew by service id; the others have been told of */
export function unroutedServices(
  { swarms }: LabSnapshot,
  isNew: (serviceId: string) => boolean,
): { readonly names: UnroutedServices; readonly ids: readonly string[] } {
  const found = swarms.flatMap((swarm) =>
    swarm.services
      .filter(({ id, name }) => SERVICE_NAME.test(name) && isNew(id))
      .map((service) => ({ service, by: wayOf(service, swarm) }))
      .filter(({ by }) => by !== null),
  );
  const namesBy = (way: 'ingress' | 'virtual-ip') =>
    found.filter(({ by }) => by === way).map(({ service }) => service.name);
  return {
    names: { ingress: namesBy('ingress'), virtualIp: namesBy('virtual-ip') },
    ids: found.map(({ service }) => service.id),
  };
}

function wayOf({ id, spec }: SwarmService, { services }: SwarmView): 'ingress' | 'virtual-ip' | null {
  if (spec.ports.some(({ publishMode }) => publishMode === 'ingress')) return 'ingress';
  // Whoever publishes a port is called from outside, not by its neighbours.
  if (spec.endpointMode === 'dnsrr' || spec.ports.length > 0) return null;
  const hasNeighbours = services.some(
    (other) => other.id !== id && other.spec.networkIds.some((network) => spec.networkIds.includes(network)),
  );
  return hasNeighbours ? 'virtual-ip' : null;
}
