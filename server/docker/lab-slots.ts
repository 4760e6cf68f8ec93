/**
 * A slot is one number per environment. It gives the lab a uid range of its own (two labs that shared one would
 * own each other's files) and a subnet of its own. Making the network takes the slot: the engine refuses
 * overlapping subnets, so that two servers on one engine can't take the same one.
 */
export const SLOT_COUNT = 4096;
const UID_BASE = 100_000;
export const UIDS_PER_LAB = 65_536;

export function uidBaseOf(slot: number): number {
  return UID_BASE + slot * UIDS_PER_LAB;
}

/** 10.213.0.0/16 cut into /28: fourteen addresses per lab. */
export function subnetOf(slot: number): {
  readonly cidr: string;
  readonly gateway: string;
  nodeAddress(index: number): string;
} {
  if (!Number.isInteger(slot) || slot < 0 || slot >= SLOT_COUNT)
    throw new RangeError(`no such slot: ${slot}`);
  const first = slot * 16;
  const address = (offset: number): string => `10.213.${(first + offset) >> 8}.${(first + offset) & 255}`;
  return { cidr: `${address(0)}/28`, gateway: address(1), nodeAddress: (index) => address(2 + index) };
}
