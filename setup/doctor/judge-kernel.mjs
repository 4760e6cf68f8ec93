import { compareVersions } from '../engine/probe.mjs';
import { rowMaker } from './rows.mjs';

/** Overlay file systems can be mounted inside a user namespace since this one. */
const KERNEL_MIN = '5.11';

const CONTROLLERS_NEEDED = ['cpu', 'memory', 'pids'];

/**
 * @param {{ kernelRelease: string, kernel: import('./kernel-facts.mjs').KernelFacts | undefined,
 *   engineCgroupVersion: string | undefined }} facts
 * @returns {import('./rows.mjs').Row[]}
 */
export function judgeKernel({ kernelRelease, kernel, engineCgroupVersion }) {
  const rows = [judgeRelease(kernelRelease)];
  if (!kernel) {
    const cgroups = rowMaker('cgroups', 'cgroups');
    if (engineCgroupVersion) rows.push(cgroups.pass(`version ${engineCgroupVersion}, as the engine says`));
    return rows;
  }
  return [
    ...rows,
    judgeCgroups(kernel),
    judgeUserNamespaces(kernel),
    judgeAppArmor(kernel),
    judgeBridge(kernel),
    judgeIpvs(kernel),
  ];
}

/** @param {string} release */
function judgeRelease(release) {
  const row = rowMaker('kernel', 'Kernel');
  if (!release) return row.warn('unknown: no engine answers', 'Start the engine and look again.');
  if (compareVersions(release, KERNEL_MIN) >= 0) return row.pass(release);
  return row.fail(release, `Labs need ${KERNEL_MIN} or newer (overlay inside a user namespace).`);
}

/** @param {import('./kernel-facts.mjs').KernelFacts} kernel */
function judgeCgroups({ cgroupVersion, controllers }) {
  const row = rowMaker('cgroups', 'cgroups');
  if (!cgroupVersion)
    return row.fail('none', 'Mount the cgroup file system (package cgroupfs-mount, or systemd).');
  const missing = CONTROLLERS_NEEDED.filter((name) => !controllers.includes(name));
  const found = `version ${cgroupVersion} (${controllers.join(' ')})`;
  if (missing.length === 0) return row.pass(found);
  return row.fail(
    found,
    `Missing: ${missing.join(', ')}. Labs can't be limited without them; see your boot options.`,
  );
}

/** @param {import('./kernel-facts.mjs').KernelFacts} kernel */
function judgeUserNamespaces({ maxUserNamespaces, usernsNeedsPrivilege }) {
  const row = rowMaker('user-namespaces', 'User namespaces');
  if (maxUserNamespaces === undefined)
    return row.fail('not in this kernel', 'Labs need a kernel with CONFIG_USER_NS.');
  if (maxUserNamespaces === 0) return row.fail('switched off', 'sudo sysctl user.max_user_namespaces=65536');
  return row.pass(usernsNeedsPrivilege ? 'allowed with privilege, which lab nodes have' : 'allowed');
}

/** @param {import('./kernel-facts.mjs').KernelFacts} kernel */
function judgeAppArmor({ hasAppArmor }) {
  const row = rowMaker('apparmor', 'AppArmor');
  return row.pass(hasAppArmor ? 'on; lab nodes run without its default profile' : 'off');
}

/** @param {import('./kernel-facts.mjs').KernelFacts} kernel */
function judgeBridge({ hasBridgeFilter }) {
  const row = rowMaker('br-netfilter', 'br_netfilter');
  if (hasBridgeFilter) return row.pass('there');
  return row.warn('missing', 'Try: sudo modprobe br_netfilter. Single-node labs work without it.');
}

/** @param {import('./kernel-facts.mjs').KernelFacts} kernel */
function judgeIpvs({ hasIpvs }) {
  const row = rowMaker('ip-vs', 'ip_vs');
  if (hasIpvs) return row.pass('there; labs may not use it, the lessons don’t need it');
  return row.warn(
    'missing',
    'Virtual IPs and the ingress network do not route; the lessons use endpoint_mode dnsrr and host ports.',
  );
}
