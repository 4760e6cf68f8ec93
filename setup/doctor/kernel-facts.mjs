import { existsSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';

/**
 * What the kernel of this machine offers. `undefined` stands for "can't be seen".
 * @typedef {object} KernelFacts
 * @property {string} release
 * @property {1 | 2 | undefined} cgroupVersion
 * @property {string[]} controllers
 * @property {number | undefined} maxUserNamespaces
 * @property {boolean} usernsNeedsPrivilege a sysctl keeps unprivileged processes from making user namespaces
 * @property {boolean} hasAppArmor
 * @property {boolean} hasBridgeFilter
 * @property {boolean} hasIpvs loaded, or there to be loaded
 * @property {number} availableMemoryBytes
 */

/** @returns {KernelFacts} */
export function readKernelFacts() {
  const release = os.release();
  const { cgroupVersion, controllers } = readCgroups();
  const maxUserNamespaces = readText('/proc/sys/user/max_user_namespaces');
  return {
    release,
    cgroupVersion,
    controllers,
    maxUserNamespaces: maxUserNamespaces === undefined ? undefined : Number(maxUserNamespaces),
    usernsNeedsPrivilege:
      readText('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
      readText('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1',
    hasAppArmor: readText('/sys/module/apparmor/parameters/enabled') === 'Y',
    hasBridgeFilter: existsSync('/proc/sys/net/bridge') || hasModule(release, 'br_netfilter'),
    hasIpvs: existsSync('/proc/net/ip_vs') || hasModule(release, 'ip_vs'),
    availableMemoryBytes: availableMemory(),
  };
}

/** @returns {Pick<KernelFacts, 'cgroupVersion' | 'controllers'>} */
function readCgroups() {
  const unified = readText('/sys/fs/cgroup/cgroup.controllers');
  if (unified !== undefined) return { cgroupVersion: 2, controllers: unified.split(' ').filter(Boolean) };
  const table = readText('/proc/cgroups');
  if (table === undefined) return { cgroupVersion: undefined, controllers: [] };
  const controllers = table
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(([name = '', , , enabled]) => enabled === '1' && existsSync(`/sys/fs/cgroup/${name}`))
    .map(([name = '']) => name);
  return { cgroupVersion: 1, controllers };
}

function availableMemory() {
  const line = readText('/proc/meminfo')?.match(/^MemAvailable:\s+(\d+) kB$/m)?.[1];
  return line ? Number(line) * 1024 : os.freemem();
}

/**
 * @param {string} release
 * @param {string} name
 */
function hasModule(release, name) {
  const index = ['modules.dep', 'modules.builtin'].map(
    (file) => readText(`/lib/modules/${release}/${file}`) ?? '',
  );
  return index.some((text) => text.includes(`/${name}.ko`)) || loadedModules().has(name);
}

function loadedModules() {
  try {
    return new Set(readdirSync('/sys/module'));
  } catch {
    return new Set();
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
