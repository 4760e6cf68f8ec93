import { z } from 'zod/mini';

/** What keeps a lab inside its lab, part by part, as found on this machine and not as hoped. */
export const WallPart = z.object({
  part: z.enum([
    /** The inner engine runs in a user namespace of its own, without any capability outside. */
    'user-namespace',
    /** Overlay mounts work in there; else images would be copied whole. */
    'overlay',
    'seccomp',
    'no-new-privileges',
    /** Frames from a lab are filtered where its root can't reach. */
    'network-filter',
    /** Images, volumes, logs and the home end at the lab's own size. */
    'disk',
    /** The process that faces the web has neither the engine's socket nor root. */
    'server-split',
    /** Engine, runtimes and BuildKit of the node image are not below the known floor. */
    'versions',
  ]),
  state: z.enum(['holds', 'missing', 'unknown']),
  /** One English line for operators: what was found. */
  detail: z.string(),
});
export type WallPart = z.infer<typeof WallPart>;

export const WallReport = z.object({
  parts: z.array(WallPart),
  /** True when every part that class mode asks for holds. */
  holds: z.boolean(),
  kernel: z.string(),
  cgroupVersion: z.nullable(z.enum(['1', '2'])),
  appArmor: z.enum(['absent', 'unconfined', 'profile']),
  /** Whether virtual IPs and ingress ports are routed in a lab (IPVS in the namespace). */
  routesVirtualIps: z.boolean(),
  /** Name → version, of the node image and of the engine outside. */
  versions: z.record(z.string(), z.string()),
  probedAtMs: z.number(),
});
export type WallReport = z.infer<typeof WallReport>;
