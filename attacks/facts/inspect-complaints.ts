import { dirname } from 'node:path';
import type Docker from 'dockerode';

const CAPABILITIES = 'CHOWN DAC_OVERRIDE KILL NET_ADMIN SETGID SETUID SYS_ADMIN SYS_CHROOT';
const MASKED = ['/proc/kcore', '/proc/keys', '/proc/timer_list', '/sys/firmware'];
const READ_ONLY = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** What is wrong with a node's container, as the engine itself tells of it. */
export function inspectComplaints(node: Docker.ContainerInspectInfo, dataDir: string): string[] {
  const host = node.HostConfig as Docker.HostConfig & {
    CgroupnsMode?: string;
    MaskedPaths?: string[];
    ReadonlyPaths?: string[];
  };
  const caps = (host.CapAdd ?? [])
    .map((name: string) => name.replace(/^CAP_/, ''))
    .sort()
    .join(' ');
  const hostFolders = node.Mounts.filter(({ Type }) => Type === 'bind').map(({ Source }) => Source);
  const foreignFolders = hostFolders.filter((folder) => !dirname(folder).startsWith(`${dataDir}/labs/`));
  const facts: readonly (readonly [isWrong: boolean, complaint: string])[] = [
    [host.Privileged === true, 'privileged'],
    [caps !== CAPABILITIES, `capabilities: ${caps}`],
    [host.CapDrop?.join() !== 'ALL', 'does not drop all capabilities'],
    [(host.Devices ?? []).length > 0, 'devices'],
    [((host as { DeviceCgroupRules?: string[] }).DeviceCgroupRules ?? []).length > 0, 'device rules'],
    [foreignFolders.length > 0 || hostFolders.length > 1, `folders of the host: ${hostFolders.join(', ')}`],
    [(host.Binds ?? []).length > 0, 'binds'],
    [host.PidMode !== '', `pid namespace: ${host.PidMode}`],
    [host.UsernsMode !== '', `user namespace: ${host.UsernsMode}`],
    [host.IpcMode !== 'private', `ipc namespace: ${host.IpcMode}`],
    [host.NetworkMode === 'host', 'network of the host'],
    [!(host.SecurityOpt ?? []).includes('no-new-privileges'), 'new privileges possible'],
    [
      !(host.SecurityOpt ?? []).some((option: string) => option.startsWith('seccomp={')),
      'no seccomp profile of ours',
    ],
    [MASKED.some((path) => !host.MaskedPaths?.includes(path)), 'masks are lifted'],
    [READ_ONLY.some((path) => !host.ReadonlyPaths?.includes(path)), '/proc is writable'],
    [!host.Memory || host.Memory !== host.MemorySwap, `memory ${host.Memory}, with swap ${host.MemorySwap}`],
    [!host.PidsLimit || host.PidsLimit > 20_000, `pids ${host.PidsLimit}`],
    [!host.NanoCpus, 'no processor limit'],
    [!host.LogConfig?.Config?.['max-size'], 'no limit of the log'],
    [host.RestartPolicy?.Name !== 'no', `starts again: ${host.RestartPolicy?.Name}`],
    [Object.keys(host.PortBindings ?? {}).length > 0, 'published ports'],
    [Object.keys(node.NetworkSettings.Networks).length !== 1, 'more than one network'],
    [node.Mounts.some(({ Source }) => Source.endsWith('docker.sock')), 'the engine’s socket'],
  ];
  return facts.filter(([isWrong]) => isWrong).map(([, complaint]) => complaint);
}
