import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock } from '../lock.mjs';
import { SetupError } from '../setup-error.mjs';
import { throwIfStopped } from '../shutdown.mjs';
import { requestEngine } from './api.mjs';
import { boundLog, lastLines } from './log.mjs';
import { ownersIn } from './owners.mjs';
import { privateEnginePaths } from './private-paths.mjs';
import { engineProcesses, otherEngineSharesFirewall } from './processes.mjs';
import { endDaemon, sweepEngine } from './sweep.mjs';

const LOCK_DEADLINE_MS = 180_000;
const START_DEADLINE_MS = 60_000;
/** Longer than the engine itself gives its containers (`--shutdown-timeout`). */
const STOP_DEADLINE_MS = 25_000;
const LOG_CHECK_MS = 60_000;

/**
 * Starts the private engine, or joins the one that another set-up has started; the last to leave stops it.
 *
 * The caller must call `release`, also after a failure of its own.
 * @param {{ dataDir: string, flags: string[], signal: AbortSignal,
 *   note: (text: string) => void }} options
 * @returns {Promise<{ url: string, release: () => Promise<void> }>}
 */
export async function acquirePrivateEngine({ dataDir, flags, signal, note }) {
  const paths = privateEnginePaths(dataDir);
  const owners = ownersIn(paths.owners);
  await underLock(paths, signal, async () => {
    owners.join();
    try {
      if (await isAnswering(paths.url)) return;
      await endDaemon(paths, STOP_DEADLINE_MS);
      await sweepEngine(paths);
      throwIfStopped(signal);
      await startDaemon(paths, { flags, signal, note });
    } catch (error) {
      owners.leave();
      throw error;
    }
  });
  const logTimer = setInterval(boundLog, LOG_CHECK_MS, paths.log).unref();
  return {
    url: paths.url,
    release: async () => {
      clearInterval(logTimer);
      await underLock(paths, undefined, async () => {
        owners.leave();
        if (owners.others().length === 0) await stopEngine(paths);
      });
    },
  };
}

/** @param {import('./private-paths.mjs').PrivateEnginePaths} paths */
async function stopEngine(paths) {
  await endDaemon(paths, STOP_DEADLINE_MS);
  await sweepEngine(paths);
}

/**
 * @param {import('./private-paths.mjs').PrivateEnginePaths} paths
 * @param {{ flags: string[], signal: AbortSignal, note: (text: string) => void }} options
 */
async function startDaemon(paths, { flags, signal, note }) {
  mkdirSync(paths.dataDir, { recursive: true, mode: 0o711 });
  mkdirSync(paths.run, { recursive: true, mode: 0o700 });
  // Without a file of its own it would read /etc/docker/daemon.json, which is about another engine.
  writeFileSync(paths.config, '{}\n');
  boundLog(paths.log);
  const sharesFirewall = otherEngineSharesFirewall(paths);
  if (sharesFirewall)
    note('  Another Docker engine runs here: ours leaves the firewall to it (--iptables=false).');
  const log = openSync(paths.log, 'a');
  const daemon = spawn('dockerd', daemonArguments(paths, { sharesFirewall, flags }), {
    cwd: '/',
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  daemon.unref();
  /** @type {string | undefined} */
  let ended;
  daemon.once('error', (error) => (ended = error.message));
  daemon.once('exit', (code, killedBy) => (ended = `exit code ${code ?? killedBy}`));
  try {
    for (const giveUpAtMs = Date.now() + START_DEADLINE_MS; !(await isAnswering(paths.url)); ) {
      throwIfStopped(signal);
      if (ended !== undefined) throw engineFailure(`The private engine did not start (${ended}).`, paths.log);
      if (Date.now() > giveUpAtMs) {
        throw engineFailure(`The private engine did not answer in ${START_DEADLINE_MS / 1000} s.`, paths.log);
      }
      await sleep(50);
    }
  } catch (error) {
    await stopEngine(paths);
    throw error;
  }
}

/**
 * @param {import('./private-paths.mjs').PrivateEnginePaths} paths
 * @param {{ sharesFirewall: boolean, flags: string[] }} options
 */
export function daemonArguments(paths, { sharesFirewall, flags }) {
  return [
    ...['--data-root', paths.dataRoot, '--exec-root', paths.execRoot, '--pidfile', paths.pidFile],
    ...['--host', paths.url, '--group', 'root', '--config-file', paths.config],
    // Labs have networks of their own; a docker0 could clash with another engine's.
    ...['--bridge', 'none', '--default-address-pool', 'base=10.213.0.0/16,size=26'],
    ...['--log-level', 'warn', '--shutdown-timeout', '15'],
    ...['--log-driver', 'json-file', '--log-opt', 'max-size=1m', '--log-opt', 'max-file=1'],
    ...(sharesFirewall ? ['--iptables=false', '--ip6tables=false'] : []),
    ...flags,
  ];
}

/** @param {string} url */
async function isAnswering(url) {
  try {
    return (await requestEngine(url, '/_ping', { deadlineMs: 3000 })).status === 200;
  } catch {
    return false;
  }
}

/**
 * @param {string} what
 * @param {string} log
 */
function engineFailure(what, log) {
  return new SetupError(what, {
    tail: lastLines(log, 15),
    todo:
      `The whole log is ${log}. If the lines speak of iptables, mounts or cgroups, this machine does not allow\n` +
      'an engine: install Docker another way and name it with DOCKER_HOST.',
  });
}

/**
 * @template T
 * @param {import('./private-paths.mjs').PrivateEnginePaths} paths
 * @param {AbortSignal | undefined} signal
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function underLock(paths, signal, work) {
  const release = await takeLock(paths.lock, { deadlineMs: LOCK_DEADLINE_MS, signal });
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * @param {string} dataDir
 * @returns {boolean} whether a private engine runs there now
 */
export function privateEngineRuns(dataDir) {
  return engineProcesses(privateEnginePaths(dataDir)).daemon !== undefined;
}
