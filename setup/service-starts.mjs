import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const POLICY_FILE = '/usr/sbin/policy-rc.d';
const OURS = '# put here by rollout-lab for the time of one installation';

/**
 * Debian starts a service as soon as its package is installed, unless this policy file says no. The engine's
 * package would thereby claim /var/run/docker.sock and the host's firewall for an engine that we don't use.
 *
 * A file that is there already says what its owner wants, and stays.
 * @template T
 * @param {() => Promise<T>} install
 * @returns {Promise<T>}
 */
export async function withoutServiceStarts(install) {
  removeOurs(); // of a run that was killed
  const isOurs = !existsSync(POLICY_FILE);
  if (isOurs) writeFileSync(POLICY_FILE, `#!/bin/sh\n${OURS}\nexit 101\n`, { mode: 0o755 });
  try {
    return await install();
  } finally {
    if (isOurs) removeOurs();
  }
}

function removeOurs() {
  if (existsSync(POLICY_FILE) && readFileSync(POLICY_FILE, 'utf8').includes(OURS)) rmSync(POLICY_FILE);
}
