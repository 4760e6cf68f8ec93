import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from '../fingerprint.mjs';

/** Below the checkout. */
const IMAGES_DIR = 'labs/images';

/** Folders of `labs/images` that hold the course's applications; each target NAME-VERSION is one image. */
const APP_FOLDERS = ['numbers', 'gallery'];

/** What the applications share. */
const SHARED_FOLDER = 'http';

/**
 * @typedef {{ tag: string, target: string, dockerfile: string, context: string }} AppImage
 * @typedef {object} ImagePlan
 * @property {string} nodeTag what lab nodes run; named after everything that goes into it
 * @property {string} bareNodeTag the same without the apps
 * @property {string} baseTag
 * @property {{ base: string, node: string }} contexts absolute folders
 * @property {AppImage[]} apps
 */

/**
 * @param {string} rootDir
 * @returns {ImagePlan}
 */
export function planImages(rootDir) {
  const ignore = (/** @type {string} */ file) => file.endsWith('.md');
  const hashOf = (/** @type {string[]} */ ...folders) =>
    fingerprint(
      rootDir,
      folders.map((folder) => path.posix.join(IMAGES_DIR, folder)),
      { ignore },
    ).slice(0, 12);
  const contextOf = (/** @type {string} */ folder) => path.join(rootDir, IMAGES_DIR, folder);
  return {
    nodeTag: `rollout-lab/node:${hashOf('base', 'node', SHARED_FOLDER, ...APP_FOLDERS)}`,
    bareNodeTag: `rollout-lab/node-bare:${hashOf('base', 'node')}`,
    baseTag: `rollout-lab/base:${hashOf('base')}`,
    contexts: { base: contextOf('base'), node: contextOf('node') },
    apps: APP_FOLDERS.flatMap((folder) => {
      const dockerfile = path.join(contextOf(folder), 'Dockerfile');
      return appTargets(readFileSync(dockerfile, 'utf8')).map(({ target, name, version }) => ({
        tag: `${folder}-${name}:${version}`,
        target,
        dockerfile,
        context: path.join(rootDir, IMAGES_DIR),
      }));
    }),
  };
}

/**
 * @param {string} dockerfile text
 * @returns {{ target: string, name: string, version: string }[]} stages called NAME-vVERSION
 */
export function appTargets(dockerfile) {
  return [...dockerfile.matchAll(/^FROM\s.*\sAS\s+(([a-z][a-z0-9]*)-(v[0-9][a-z0-9.-]*))\s*$/gim)].map(
    ([, target = '', name = '', version = '']) => ({ target, name, version }),
  );
}
