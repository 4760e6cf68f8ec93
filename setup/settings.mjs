import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './setup-error.mjs';

/** Folder of the checkout. */
const ROOT_DIR = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Everything that set-up writes inside the checkout, node_modules and the built site apart. */
const STATE_DIR = path.join(ROOT_DIR, '.data');

export const PATHS = {
  root: ROOT_DIR,
  /** Records of what was done, per step. */
  records: path.join(STATE_DIR, 'setup'),
  locks: path.join(STATE_DIR, 'setup', 'locks'),
  logs: path.join(STATE_DIR, 'setup', 'logs'),
  /** One folder per running set-up: the processes that it started. */
  runs: path.join(STATE_DIR, 'setup', 'runs'),
  temporary: path.join(STATE_DIR, 'tmp'),
  /** The server's own default, so that its commands find the same database. */
  serverData: STATE_DIR,
  binaries: path.join(ROOT_DIR, 'node_modules', '.bin'),
  runtime: path.join(ROOT_DIR, 'node_modules', '.bin', 'node'),
};

const ENGINE_MODES = /** @type {const} */ (['auto', 'existing', 'private']);

/**
 * @typedef {object} Settings
 * @property {string} host
 * @property {number} port
 * @property {string} serverDataDir
 * @property {'auto' | 'existing' | 'private'} engineMode
 * @property {string | undefined} engineUrl engine that the user named
 * @property {string} engineDataDir folder of the private engine
 * @property {string[]} engineFlags more flags for the private dockerd
 */

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Settings}
 * @throws {SetupError} naming the variable and what it may be
 */
export function readSettings(env = process.env) {
  return {
    host: env.ROLLOUT_LAB_HOST || '127.0.0.1',
    port: readPort(env.ROLLOUT_LAB_PORT),
    serverDataDir: path.resolve(ROOT_DIR, env.ROLLOUT_LAB_DATA_DIR || PATHS.serverData),
    engineMode: readEngineMode(env.ROLLOUT_LAB_ENGINE_MODE),
    engineUrl: env.ROLLOUT_LAB_ENGINE || undefined,
    engineDataDir: readEngineDataDir(env.ROLLOUT_LAB_DATA),
    engineFlags: (env.ROLLOUT_LAB_ENGINE_FLAGS ?? '').split(/\s+/).filter(Boolean),
  };
}

/** @param {string | undefined} text */
function readPort(text) {
  const port = Number(text || 4321);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new SetupError(`ROLLOUT_LAB_PORT is "${text}".`, { todo: 'Give a port number from 1 to 65535.' });
}

/** @param {string | undefined} text */
function readEngineMode(text) {
  const mode = ENGINE_MODES.find((candidate) => candidate === (text || 'auto'));
  if (mode) return mode;
  throw new SetupError(`ROLLOUT_LAB_ENGINE_MODE is "${text}".`, {
    todo: `Use one of: ${ENGINE_MODES.join(', ')}.`,
  });
}

/** dockerd puts sockets some 40 characters below this folder, and a socket's path ends at 107. */
const ENGINE_DATA_DIR_MAX_CHARS = 60;

/** @param {string | undefined} text */
function readEngineDataDir(text) {
  const dir = path.resolve(text || '/var/lib/rollout-lab');
  if (Buffer.byteLength(dir) <= ENGINE_DATA_DIR_MAX_CHARS && dir !== '/') return dir;
  throw new SetupError(`ROLLOUT_LAB_DATA is "${dir}", which the engine's sockets do not fit below.`, {
    todo: `Name a folder of its own, of at most ${ENGINE_DATA_DIR_MAX_CHARS} characters.`,
  });
}
