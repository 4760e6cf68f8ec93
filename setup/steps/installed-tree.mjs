/**
 * @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean,
 *   link?: boolean }> }} LockFile
 */

/**
 * Compares the lock file with the one that npm leaves inside node_modules at the end of an installation. What npm
 * leaves out on this platform is optional.
 * @param {LockFile | undefined} wanted package-lock.json
 * @param {LockFile | undefined} installed node_modules/.package-lock.json
 */
export function installedMatches(wanted, installed) {
  if (!wanted?.packages || !installed?.packages) return false;
  for (const [name, { version, optional, devOptional }] of Object.entries(wanted.packages)) {
    if (name === '') continue;
    const present = installed.packages[name];
    if (present ? present.version !== version : !(optional || devOptional)) return false;
  }
  return Object.keys(installed.packages).every((name) => name in /** @type {object} */ (wanted.packages));
}
