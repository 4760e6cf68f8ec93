import type Docker from 'dockerode';

type Options = Docker.ContainerCreateOptions;
/** The engine knows it, the types do not. */
type HostConfig = Docker.HostConfig & { readonly CgroupnsMode?: 'private' | 'host' };

/**
 * The flags with which `docker run` makes the container that an engine request describes, so that a hand-made lab
 * node has the same limits, capabilities and mounts as ours. Volumes become anonymous ones: `docker rm -v` then
 * removes everything. @throws for a setting that it does not know, rather than measure something else
 */
export function dockerRunFlags(options: Options): string[] {
  const { HostConfig: host = {}, NetworkingConfig, ...container } = options;
  const { name, Hostname, Image, Labels = {}, Env = [], Entrypoint = [], ...unknown } = container;
  const [program, ...args] = [Entrypoint].flat();
  refuseOthers(unknown, 'container');
  return [
    ...(name === undefined ? [] : ['--name', name]),
    ...(Hostname === undefined ? [] : ['--hostname', Hostname]),
    ...Object.entries(Labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    ...Env.flatMap((variable) => ['--env', variable]),
    ...hostFlags(host),
    ...networkFlags(NetworkingConfig),
    ...(program === undefined ? [] : ['--entrypoint', program]),
    ...(Image === undefined ? [] : [Image]),
    ...args,
  ];
}

function hostFlags(host: HostConfig): string[] {
  const { CapDrop, CapAdd, SecurityOpt = [], CgroupnsMode, Tmpfs = {}, Mounts = [], ...limits } = host;
  const {
    Memory,
    MemorySwap,
    NanoCpus,
    CpuShares,
    PidsLimit,
    Ulimits = [],
    RestartPolicy,
    LogConfig,
    ...unknown
  } = limits;
  refuseOthers(unknown, 'HostConfig');
  const one = (flag: string, value: string | number | null | undefined): string[] =>
    value === undefined || value === null ? [] : [flag, String(value)];
  const logOptions = Object.entries((LogConfig?.Config ?? {}) as Record<string, string>);
  return [
    ...((CapDrop ?? []) as string[]).flatMap((capability) => ['--cap-drop', capability]),
    ...((CapAdd ?? []) as string[]).flatMap((capability) => ['--cap-add', capability]),
    ...(SecurityOpt as string[]).flatMap((option) => ['--security-opt', option]),
    ...one('--cgroupns', CgroupnsMode),
    ...Object.entries(Tmpfs as Record<string, string>).flatMap(([path, mode]) => [
      '--tmpfs',
      `${path}:${mode}`,
    ]),
    ...Mounts.flatMap((mount) => ['--mount', mountFlag(mount)]),
    ...one('--memory', Memory),
    ...one('--memory-swap', MemorySwap),
    ...one('--cpus', NanoCpus === undefined ? undefined : NanoCpus / 1e9),
    ...one('--cpu-shares', CpuShares),
    ...one('--pids-limit', PidsLimit),
    ...Ulimits.flatMap(({ Name, Soft, Hard }) => ['--ulimit', `${Name}=${Soft}:${Hard}`]),
    ...one('--restart', RestartPolicy?.Name),
    ...one('--log-driver', LogConfig?.Type),
    ...logOptions.flatMap(([key, value]) => ['--log-opt', `${key}=${value}`]),
  ];
}

function mountFlag({ Type, Source, Target, ...unknown }: Docker.MountSettings): string {
  refuseOthers(unknown, 'Mounts');
  return Type === 'volume'
    ? `type=volume,target=${Target}`
    : `type=${Type},source=${Source},target=${Target}`;
}

function networkFlags(networking: Options['NetworkingConfig']): string[] {
  return Object.entries(networking?.EndpointsConfig ?? {}).flatMap(([network, endpoint]) => [
    '--network',
    network,
    ...(endpoint?.IPAMConfig?.IPv4Address === undefined ? [] : ['--ip', endpoint.IPAMConfig.IPv4Address]),
  ]);
}

function refuseOthers(unknown: object, where: string): void {
  const names = Object.entries(unknown).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (names.length > 0) throw new Error(`no docker run flag is known for ${where}: ${names.join(', ')}`);
}
