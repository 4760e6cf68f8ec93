import { requestEngine } from './api.mjs';

/** The node's settings (private cgroup namespace) exist since Docker 20.10. */
const API_VERSION_MIN = '1.41';

/**
 * @typedef {object} EngineInfo
 * @property {string} version
 * @property {string} apiVersion
 * @property {string} osType
 * @property {string} operatingSystem
 * @property {string} kernelVersion
 * @property {string} storageDriver
 * @property {string} dataDir
 * @property {string} cgroupVersion
 * @property {string} cgroupDriver
 * @property {string[]} securityOptions
 * @property {number} memoryBytes
 * @property {number} cpus
 * @property {boolean} isPodman
 *
 * @typedef {{ state: 'absent' } | { state: 'denied' } | { state: 'silent', why: string }
 *   | { state: 'answers', info: EngineInfo }} ProbeResult
 */

/**
 * @param {string} url
 * @returns {Promise<ProbeResult>}
 */
export async function probeEngine(url) {
  try {
    const version = await requestEngine(url, '/version');
    const info = await requestEngine(url, '/info', { deadlineMs: 15_000 });
    if (version.status !== 200 || info.status !== 200 || !version.body || !info.body) {
      return { state: 'silent', why: `it answers with HTTP ${version.status}/${info.status}` };
    }
    return { state: 'answers', info: readInfo(version.body, info.body) };
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return { state: 'absent' };
    if (code === 'EACCES' || code === 'EPERM') return { state: 'denied' };
    return { state: 'silent', why: message };
  }
}

/**
 * @param {any} version
 * @param {any} info
 * @returns {EngineInfo}
 */
function readInfo(version, info) {
  return {
    version: String(version.Version ?? ''),
    apiVersion: String(version.ApiVersion ?? ''),
    osType: String(info.OSType ?? ''),
    operatingSystem: String(info.OperatingSystem ?? ''),
    kernelVersion: String(info.KernelVersion ?? ''),
    storageDriver: String(info.Driver ?? ''),
    dataDir: String(info.DockerRootDir ?? ''),
    cgroupVersion: String(info.CgroupVersion ?? '1'),
    cgroupDriver: String(info.CgroupDriver ?? ''),
    securityOptions: Array.isArray(info.SecurityOptions) ? info.SecurityOptions.map(String) : [],
    memoryBytes: Number(info.MemTotal ?? 0),
    cpus: Number(info.NCPU ?? 0),
    isPodman: JSON.stringify(version.Components ?? '').includes('Podman'),
  };
}

/**
 * @param {EngineInfo} info
 * @returns {string | undefined} why labs can't run on it
 */
export function unusableBecause(info) {
  if (info.osType !== 'linux')
    return `it runs ${info.osType || 'unknown'} containers; switch it to Linux containers`;
  if (info.isPodman) return 'it is Podman, whose API lacks what the labs need';
  if (info.securityOptions.some((option) => option.includes('name=rootless'))) {
    return 'it runs rootless, and a lab node needs user ids and capabilities that a rootless engine does not have';
  }
  if (compareVersions(info.apiVersion, API_VERSION_MIN) < 0) {
    return `it is too old (API ${info.apiVersion}); version 20.10 is the first that works`;
  }
  return undefined;
}

/**
 * @param {string} a
 * @param {string} b
 * @returns {number} below 0 when a is the older one
 */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
