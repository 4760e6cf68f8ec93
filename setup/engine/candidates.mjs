import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const DEFAULT_SOCKET = '/var/run/docker.sock';

/**
 * @typedef {object} EngineCandidate
 * @property {string} url
 * @property {string} source where the address comes from, for messages
 * @property {boolean} isNamed the user named it: when it can't be used, that is said
 */

/**
 * Where an engine may answer, the most explicit place first.
 * @param {{ env: NodeJS.ProcessEnv, engineUrl: string | undefined, homeDir?: string }} options
 * @returns {EngineCandidate[]}
 */
export function listCandidates({ env, engineUrl, homeDir = os.homedir() }) {
  /** @type {EngineCandidate[]} */
  const candidates = [];
  if (engineUrl) return [{ url: engineUrl, source: 'ROLLOUT_LAB_ENGINE', isNamed: true }];
  if (env.DOCKER_HOST) return [{ url: env.DOCKER_HOST, source: 'DOCKER_HOST', isNamed: true }];
  const configDir = env.DOCKER_CONFIG || path.join(homeDir, '.docker');
  const context = env.DOCKER_CONTEXT || readJson(path.join(configDir, 'config.json'))?.currentContext;
  if (context && context !== 'default') {
    const url = contextUrl(configDir, context);
    if (url) candidates.push({ url, source: `docker context "${context}"`, isNamed: true });
  }
  candidates.push({ url: `unix://${DEFAULT_SOCKET}`, source: DEFAULT_SOCKET, isNamed: false });
  const desktopSocket = path.join(homeDir, '.docker', 'run', 'docker.sock');
  if (existsSync(desktopSocket)) {
    candidates.push({ url: `unix://${desktopSocket}`, source: 'Docker Desktop', isNamed: false });
  }
  return candidates;
}

/**
 * @param {string} configDir
 * @param {string} name
 * @returns {string | undefined}
 */
function contextUrl(configDir, name) {
  const id = createHash('sha256').update(name).digest('hex');
  return readJson(path.join(configDir, 'contexts', 'meta', id, 'meta.json'))?.Endpoints?.docker?.Host;
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
