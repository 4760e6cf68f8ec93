import type Docker from 'dockerode';
import type { LabDefinition } from '#contract/definitions.ts';
import { LABEL } from './labels.ts';

/** Everything that decides how a lab node's container is started. */
export interface NodeContainerPlan {
  readonly owner: string;
  readonly environmentId: string;
  readonly expiresAtMs: number | undefined;
  readonly createdAtMs: number;
  readonly slot: number;
  readonly uidBase: number;
  readonly image: string;
  readonly definition: LabDefinition;
  readonly nodeName: string;
  readonly address: string;
  /** `node1=10.… node2=10.…`: the engine's own name service does not reach into the lab's namespaces. */
  readonly hosts: string;
  readonly networkName: string;
  readonly volumeName: string;
  readonly shareFolder: string | null;
  readonly seccompProfile: string;
  readonly hasAppArmor: boolean;
  readonly cgroupVersion: '1' | '2';
  /** What the node may send beyond its own network; `null`: nothing. */
  readonly egress: { readonly denied: readonly string[]; readonly nameServers: readonly string[] } | null;
  /** A node whose kernel can't filter its frames starts all the same. */
  readonly allowsUnfiltered: boolean;
}

/** Half of what a container has that nobody says anything about. */
const LAB_CPU_SHARES = 512;

/** Where a node has its disk: the engine's data and the home. */
export const DISK_MOUNT = '/lab/disk';

/** What the node's init needs to build its namespaces; inside them the lab has a full set that is worth nothing outside. */
const CAPABILITIES = [
  'SYS_ADMIN',
  'SETUID',
  'SETGID',
  'NET_ADMIN',
  'CHOWN',
  'DAC_OVERRIDE',
  'SYS_CHROOT',
  'KILL',
];

/** @param plan without a slot: what does not depend on one */
export function labelsOf(
  plan: Pick<NodeContainerPlan, 'owner' | 'environmentId' | 'createdAtMs' | 'expiresAtMs' | 'definition'> &
    Partial<Pick<NodeContainerPlan, 'slot'>>,
): Record<string, string> {
  return {
    [LABEL.owner]: plan.owner,
    [LABEL.environment]: plan.environmentId,
    [LABEL.lab]: plan.definition.id,
    [LABEL.nodes]: plan.definition.nodes.map(({ name }) => name).join(' '),
    ...(plan.slot === undefined ? {} : { [LABEL.slot]: String(plan.slot) }),
    [LABEL.createdAtMs]: String(plan.createdAtMs),
    ...(plan.expiresAtMs === undefined ? {} : { [LABEL.expiresAtMs]: String(plan.expiresAtMs) }),
  };
}

export function nodeContainerName(environmentId: string, nodeName: string): string {
  return `rl-${environmentId}-${nodeName}`;
}

/** The start contract of `labs/images/README.md` as an engine request. */
export function nodeContainerOptions(plan: NodeContainerPlan): Docker.ContainerCreateOptions {
  const { limits } = plan.definition;
  const memoryBytes = limits.memoryMiB * 1024 * 1024;
  const options: Docker.ContainerCreateOptions = {
    name: nodeContainerName(plan.environmentId, plan.nodeName),
    Hostname: plan.nodeName,
    Image: plan.image,
    Labels: { ...labelsOf(plan), [LABEL.node]: plan.nodeName },
    Env: [
      `LAB_UID_BASE=${plan.uidBase}`,
      `LAB_HOSTNAME=${plan.nodeName}`,
      `LAB_HOSTS=${plan.hosts}`,
      // Alone, a node has nobody to talk to.
      ...(plan.definition.nodes.length > 1 ? ['LAB_SSH=1'] : []),
      ...(plan.egress === null
        ? []
        : [
            'LAB_EGRESS=1',
            `LAB_DENY=${plan.egress.denied.join(' ')}`,
            `LAB_DNS=${plan.egress.nameServers.join(' ')}`,
          ]),
      ...(plan.allowsUnfiltered ? ['LAB_UNFILTERED=1'] : []),
    ],
    HostConfig: {
      CapDrop: ['ALL'],
      CapAdd: CAPABILITIES,
      SecurityOpt: [
        'no-new-privileges',
        `seccomp=${plan.seccompProfile}`,
        ...(plan.hasAppArmor ? ['apparmor=unconfined'] : []),
      ],
      ...(plan.cgroupVersion === '2' ? { CgroupnsMode: 'private' as const } : {}),
      Tmpfs: {
        '/run': 'rw,nosuid,nodev,mode=755,size=64m',
        '/tmp': 'rw,nosuid,nodev,mode=1777,size=64m',
        // Without a folder of ours the sockets stay in the node; the init wants a mount of its own there all the same.
        ...(plan.shareFolder === null ? { '/lab/share': 'rw,nosuid,nodev,mode=700,size=1m' } : {}),
      },
      Mounts: [
        { Type: 'volume', Source: plan.volumeName, Target: DISK_MOUNT },
        ...(plan.shareFolder === null
          ? []
          : [{ Type: 'bind' as const, Source: plan.shareFolder, Target: '/lab/share' }]),
      ],
      Memory: memoryBytes,
      MemorySwap: memoryBytes,
      NanoCpus: Math.round(limits.cpus * 1e9),
      // Where processors are short, a lab of five nodes gets no more than one of one, and others come first.
      CpuShares: Math.round(LAB_CPU_SHARES / plan.definition.nodes.length),
      PidsLimit: limits.pids,
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } },
    },
    NetworkingConfig: {
      EndpointsConfig: { [plan.networkName]: { IPAMConfig: { IPv4Address: plan.address } } },
    },
  };
  return options;
}
