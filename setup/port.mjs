import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import net from 'node:net';
import { SetupError } from './setup-error.mjs';

const LISTEN_STATE = '0A';

/**
 * @param {{ host: string, port: number }} address
 * @returns {Promise<string | undefined>} the error code when nobody can listen there
 */
export function portProblem({ host, port }) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code ?? 'unknown'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/**
 * @param {{ host: string, port: number }} address
 * @throws {SetupError} that names who holds the port, as far as it can be seen
 */
export async function checkPort({ host, port }) {
  const problem = await portProblem({ host, port });
  if (!problem) return;
  if (problem === 'EADDRINUSE') {
    const holder = findListener(port);
    throw new SetupError(`Port ${port} on ${host} is in use${holder ? ` by ${holder}` : ''}.`, {
      todo: `Stop it, or choose another port: ROLLOUT_LAB_PORT=${port === 65535 ? port - 1 : port + 1} npm start`,
    });
  }
  throw new SetupError(`Nobody can listen on ${host} port ${port} (${problem}).`, {
    todo: 'Choose another address with ROLLOUT_LAB_HOST and ROLLOUT_LAB_PORT; ports below 1024 are for root.',
  });
}

/**
 * @param {number} port
 * @returns {string | undefined} such as "node server.js (process 123)"
 */
export function findListener(port) {
  if (process.platform !== 'linux') return lsofListener(port);
  const inodes = new Set(
    ['tcp', 'tcp6'].flatMap((table) => listeningInodes(readText(`/proc/net/${table}`), port)),
  );
  if (inodes.size === 0) return undefined;
  const pid = listDir('/proc').find((name) => /^\d+$/.test(name) && holdsSocket(name, inodes));
  if (!pid) return undefined;
  const command = readText(`/proc/${pid}/cmdline`).split('\0').join(' ').trim().slice(0, 120);
  return `${command} (process ${pid})`;
}

/**
 * @param {string} table text of /proc/net/tcp
 * @param {number} port
 * @returns {string[]}
 */
export function listeningInodes(table, port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === LISTEN_STATE)
    .flatMap((fields) => fields[9] ?? []);
}

/**
 * @param {string} pid
 * @param {Set<string>} inodes
 */
function holdsSocket(pid, inodes) {
  return listDir(`/proc/${pid}/fd`).some((fd) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      return inode !== undefined && inodes.has(inode);
    } catch {
      return false; // closed while we looked
    }
  });
}

/** @param {number} port */
function lsofListener(port) {
  const lsof = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' });
  const [, pid, name] = /^p(\d+)\nc(.+)$/m.exec(lsof.stdout ?? '') ?? [];
  return pid ? `${name} (process ${pid})` : undefined;
}

/** @param {string} dir */
function listDir(dir) {
  try {
    return readdirSync(dir);
  } catch {
    return []; // another user's process
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
