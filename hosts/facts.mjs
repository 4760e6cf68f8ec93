import { SetupError } from '../setup/setup-error.mjs';

/**
 * @typedef {object} MachineFacts
 * @property {string} system
 * @property {string} kernel
 * @property {string} engine
 * @property {boolean} ipvsInUserNamespace whether root of a user namespace may set IPVS up
 */

/** Lines NAME=VALUE. The last one is what swarm's virtual IPs need, and what a lab's engine may not. */
const ASK = `
. /etc/os-release; echo "system=$PRETTY_NAME"
echo "kernel=$(uname -r)"
echo "cgroups=$(stat -fc %T /sys/fs/cgroup)"
echo "apparmor=$(cat /sys/module/apparmor/parameters/enabled)"
echo "init=$(cat /proc/1/comm)"
echo "uid=$(id -u)"
echo "groups=$(id -Gn)"
docker info -f 'engine={{.ServerVersion}}
engineCgroups={{.CgroupVersion}} {{.CgroupDriver}}
security={{.SecurityOptions}}'
echo "ipvsModule=$(/sbin/modinfo -F name ip_vs)"
unshare -Urn /sbin/ipvsadm -L -n >/dev/null 2>&1 && echo ipvs=yes || echo ipvs=no
`;

/** What makes this machine the one that we mean. */
const WANTED = {
  cgroups: 'cgroup2fs',
  apparmor: 'Y',
  init: 'systemd',
  uid: '1000',
  groups: 'kim docker',
  engineCgroups: '2 systemd',
  ipvsModule: 'ip_vs',
};

/**
 * @param {import('./steps.mjs').StepContext} context
 * @returns {Promise<MachineFacts>}
 */
export async function gatherMachineFacts({ shell, patience }) {
  const { output } = await shell.run('kim', ASK, {
    what: 'Looking at the machine',
    deadlineMs: 30_000 * patience,
    log: 'machine',
  });
  /** @type {Record<string, string>} */
  const seen = Object.fromEntries(output.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  for (const [name, wanted] of Object.entries(WANTED)) {
    if (seen[name] === wanted) continue;
    throw new SetupError(`The machine has ${name} "${seen[name] ?? ''}" and not "${wanted}".`, {
      tail: output,
    });
  }
  if (!seen.security?.includes('name=apparmor')) throw new SetupError(`AppArmor is not used by the engine.`);
  return {
    system: seen.system ?? '',
    kernel: seen.kernel ?? '',
    engine: seen.engine ?? '',
    ipvsInUserNamespace: seen.ipvs === 'yes',
  };
}
