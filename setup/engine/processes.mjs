import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

const ENGINE_PROGRAM = /^(dockerd|containerd|containerd-shim[a-z0-9-]*)$/;

/** @typedef {{ pid: number, args: string[], cgroups: string }} ProcessEntry */

/**
 * @returns {ProcessEntry[]} all processes that can be seen; empty where there is no /proc
 */
function listProcesses() {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        if (/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))) return [];
        const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return [{ pid: Number(name), args, cgroups: readFileSync(`/proc/${name}/cgroup`, 'utf8') }];
      } catch {
        return []; // ended while we looked
      }
    });
}

/**
 * Processes of the engine with this data root. dockerd, containerd and shims are told by a folder of ours among
 * their arguments, the processes in containers by a container id of ours in their cgroup; never by name alone.
 * @param {{ execRoot: string, dataRoot: string }} paths
 * @param {{ processes?: ProcessEntry[], containerIds?: string[] }} [seen]
 */
export function engineProcesses({ execRoot, dataRoot }, seen = {}) {
  const { processes = listProcesses(), containerIds = listDir(path.join(dataRoot, 'containers')) } = seen;
  const isOurs = (/** @type {string} */ arg) =>
    arg === dataRoot || arg === execRoot || arg.startsWith(`${execRoot}/`);
  const engine = processes.filter(
    ({ args }) => ENGINE_PROGRAM.test(path.basename(args[0] ?? '')) && args.some(isOurs),
  );
  const containers = processes.filter(({ cgroups }) => containerIds.some((id) => cgroups.includes(id)));
  return {
    /** @type {number | undefined} */
    daemon: engine.find(({ args }) => path.basename(args[0] ?? '') === 'dockerd')?.pid,
    engine: engine.map(({ pid }) => pid),
    containers: containers.map(({ pid }) => pid),
  };
}

/**
 * Another dockerd in our network namespace uses the same firewall chains as ours would.
 * @param {{ execRoot: string, dataRoot: string }} paths
 */
export function otherEngineSharesFirewall(paths) {
  const processes = listProcesses();
  const own = new Set(engineProcesses(paths, { processes }).engine);
  const namespace = networkNamespace('self');
  return processes.some(
    ({ pid, args }) =>
      path.basename(args[0] ?? '') === 'dockerd' && !own.has(pid) && networkNamespace(pid) === namespace,
  );
}

/** @param {number | 'self'} pid */
function networkNamespace(pid) {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}

/** @param {string} dir */
function listDir(dir) {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
