import { z } from 'zod';

/** What a node's init says of itself and of what it found, see `labs/images/README.md`. */
const ReadyMark = z.object({
  wall: z.object({
    uidMap: z.string(),
    seccomp: z.number(),
    labProfile: z.boolean(),
    noNewPrivs: z.number(),
    capabilities: z.string(),
    cgroup: z.union([z.literal(1), z.literal(2)]),
    appArmor: z.string(),
    networkFilter: z.boolean(),
    ipvs: z.enum(['works', 'refused', 'absent', 'unknown']),
  }),
  versions: z.record(z.string(), z.string()),
});
export type ReadyMark = z.infer<typeof ReadyMark>;

/** @returns `null` for a mark of another image, or none */
export function readReadyMark(text: string | null): ReadyMark | null {
  try {
    return ReadyMark.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
