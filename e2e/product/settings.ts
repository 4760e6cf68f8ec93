import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT_DIR = resolve(import.meta.dirname, '../..');

/** The pinned runtime: whoever starts Playwright by hand may have another. */
export const NODE_BINARY = join(ROOT_DIR, 'node_modules/.bin/node');

/** Set-up says where the engine and the image are; these are the development defaults. */
export const ENGINE_URL = process.env['ROLLOUT_LAB_ENGINE'] ?? 'unix:///var/run/docker.sock';
export const NODE_IMAGE = process.env['ROLLOUT_LAB_NODE_IMAGE'] ?? 'rollout-lab/node:dev';

/** Every server gets a folder of its own below it. */
export const DATA_BASE_DIR = process.env['ROLLOUT_LAB_DATA_DIR'] ?? tmpdir();
