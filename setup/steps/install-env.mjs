import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isProgram } from '../programs.mjs';
import { PATHS } from '../settings.mjs';

/** Settings that the outer `npm start` hands down and that would change what the inner `npm ci` installs. */
const HANDED_DOWN =
  /^npm_(config_(ignore_scripts|omit|production)|package_|lifecycle_|node_execpath|execpath)/i;

/**
 * Environment of `npm ci`. It runs on the machine's own Node: the pinned one, which npm puts first in the PATH of our
 * scripts, lies in the folder that npm is about to remove.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function installEnv(env) {
  const kept = Object.entries(env).filter(([name]) => !HANDED_DOWN.test(name));
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => !isOwnFolder(folder));
  return { ...Object.fromEntries(kept), PATH: folders.join(path.delimiter), ...headersEnv(env, folders) };
}

/** @param {string} folder */
function isOwnFolder(folder) {
  return path.resolve(folder).startsWith(path.join(PATHS.root, 'node_modules'));
}

/**
 * node-gyp downloads Node's headers from nodejs.org unless it is told where they are; many networks don't reach that.
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} folders
 */
function headersEnv(env, folders) {
  if (Object.keys(env).some((name) => name.toLowerCase() === 'npm_config_nodedir')) return {};
  const node = folders.map((folder) => path.join(folder, 'node')).find(isProgram);
  const prefix = node && path.dirname(path.dirname(realpathSync(node)));
  return prefix && existsSync(path.join(prefix, 'include/node/node_api.h'))
    ? { npm_config_nodedir: prefix }
    : {};
}
