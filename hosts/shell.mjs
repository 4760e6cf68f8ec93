import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { endGroup } from '../setup/process-group.mjs';
import { SetupError, StoppedError } from '../setup/setup-error.mjs';
import { sshArgs } from './connection.mjs';

const TAIL_LINES = 30;
const LINE_MAX_CHARS = 2000;
const LOG_MAX_BYTES = 16 * 2 ** 20;
const STOP_GRACE_MS = 2000;
const KILL_AFTER_S = 20;
/** Exit code of timeout(1). */
const WAS_LATE = 124;
/** For the way there and back. */
const TRAVEL_MS = 120_000;

/**
 * @typedef {object} RunOptions
 * @property {string} what
 * @property {number} deadlineMs
 * @property {string} [log] the output goes to LOGS/NAME.log, too
 * @property {(line: string) => void} [onLine]
 *
 * @typedef {{ exitCode: number, output: string[] }} Ran the last lines that it wrote
 */

/**
 * Commands in the machine, over connections that `connect` has opened: in an emulated one each costs seconds.
 * @param {import('./connection.mjs').Address} address
 * @param {{ logsDir: string, signal: AbortSignal }} context
 */
export function createShell(address, { logsDir, signal }) {
  return {
    /**
     * @param {string} user
     * @param {string} command for a login shell
     * @param {RunOptions} options
     * @returns {Promise<Ran>}
     */
    run(user, command, options) {
      // Ending our ssh would leave the command running, so the machine itself ends what is late.
      const limited = `timeout -k ${KILL_AFTER_S} ${Math.ceil(options.deadlineMs / 1000)} bash -lc ${quote(command)}`;
      return runSsh([...sshArgs(address, user), limited], { ...options, logsDir, signal });
    },
  };
}

/** @typedef {ReturnType<typeof createShell>} Shell */

/**
 * @param {string[]} args
 * @param {RunOptions & { logsDir: string, signal: AbortSignal }} options
 * @returns {Promise<Ran>}
 */
async function runSsh(args, { what, deadlineMs, log, onLine, logsDir, signal }) {
  if (signal.aborted) throw new StoppedError();
  const child = spawn('ssh', args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = collectLines(log === undefined ? undefined : path.join(logsDir, `${log}.log`), onLine);
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', lines.add);
  /** @type {'stopped' | 'late' | undefined} */
  let ended;
  /** @param {'stopped' | 'late'} why */
  const end = (why) => {
    ended = why;
    if (child.pid) void endGroup(child.pid, STOP_GRACE_MS);
  };
  const timer = setTimeout(end, deadlineMs + TRAVEL_MS, 'late');
  const onAbort = () => end('stopped');
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const exitCode = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 255));
    });
    if (ended === 'stopped') throw new StoppedError();
    if (ended === 'late' || exitCode === WAS_LATE) {
      throw new SetupError(`${what} took longer than ${Math.round(deadlineMs / 1000)} s.`, {
        tail: lines.tail(),
      });
    }
    return { exitCode, output: lines.tail() };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    lines.close();
  }
}

/**
 * @param {string | undefined} file
 * @param {((line: string) => void) | undefined} onLine
 */
function collectLines(file, onLine) {
  if (file) mkdirSync(path.dirname(file), { recursive: true });
  const log = file ? createWriteStream(file) : undefined;
  let room = LOG_MAX_BYTES;
  /** @type {string[]} */
  const kept = [];
  let rest = '';
  return {
    /** @param {string} chunk */
    add(chunk) {
      if (room > 0) log?.write(chunk);
      room -= chunk.length;
      const parts = (rest + chunk).split(/\r?\n|\r/);
      rest = (parts.pop() ?? '').slice(-LINE_MAX_CHARS);
      for (const line of parts) {
        if (!line.trim()) continue;
        kept.push(line.slice(0, LINE_MAX_CHARS));
        if (kept.length > TAIL_LINES) kept.shift();
        onLine?.(line);
      }
    },
    tail: () => (rest.trim() ? [...kept, rest].slice(-TAIL_LINES) : [...kept]),
    close: () => log?.end(),
  };
}

/** @param {string} text */
function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
