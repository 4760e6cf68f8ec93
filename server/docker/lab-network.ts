import type Docker from 'dockerode';
import { LabError } from '../domain/lab-error.ts';
import { engineFailure, reasonOf } from './engine.ts';
import { SLOT_COUNT, subnetOf } from './lab-slots.ts';
import { LABEL } from './labels.ts';

const TRIES = 40;

/**
 * Makes the lab's private network and with it takes a slot. Without egress the network has no way out and no address
 * of the host; with it the host is the gateway, and what a node may send there is its frame filter's business.
 * @returns the slot taken
 * @throws {LabError} LAB_CAPACITY_REACHED when no slot is free
 */
export async function makeLabNetwork(
  engine: Docker,
  name: string,
  hasEgress: boolean,
  labels: (slot: number) => Record<string, string>,
): Promise<number> {
  const taken = await takenSlots(engine);
  let tries = 0;
  for (let slot = 0; slot < SLOT_COUNT && tries < TRIES; slot++) {
    if (taken.has(slot)) continue;
    tries++;
    const subnet = subnetOf(slot);
    try {
      await engine.createNetwork({
        Name: name,
        CheckDuplicate: true,
        Driver: 'bridge',
        Internal: !hasEgress,
        IPAM: { Driver: 'default', Config: [{ Subnet: subnet.cidr, Gateway: subnet.gateway }] },
        Options: {
          // Interfaces are the host's, slots the engine's: a second engine must not take the same name.
          'com.docker.network.bridge.name': bridgeNameOf(name),
          ...(hasEgress ? {} : { 'com.docker.network.bridge.inhibit_ipv4': 'true' }),
        },
        Labels: labels(slot),
      });
      return slot;
    } catch (failure) {
      // Another server took it between our look and our try, or the host uses that subnet for something else.
      if (/overlap|already (exists|in use)|conflicts with/i.test(reasonOf(failure))) continue;
      throw engineFailure(`making network ${name}`, failure);
    }
  }
  throw new LabError('LAB_CAPACITY_REACHED', 'no free subnet for another lab in 10.213.0.0/16', {
    params: { running: taken.size, limit: SLOT_COUNT },
  });
}

/** IFNAMSIZ leaves 15 characters; the name is `rl-<environment>`. */
function bridgeNameOf(networkName: string): string {
  return networkName.replace('-', '').slice(0, 15);
}

async function takenSlots(engine: Docker): Promise<Set<number>> {
  const networks = await engine
    .listNetworks({ filters: JSON.stringify({ label: [LABEL.slot] }) })
    .catch((failure: unknown) => {
      throw engineFailure('listing lab networks', failure);
    });
  return new Set(networks.map((network) => Number(network.Labels?.[LABEL.slot])));
}
