import { spawn } from 'node:child_process';
import { closeSync, createWriteStream, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { endGroup } from './process-group.mjs';
import { noteChild } from './runs.mjs';
import { PATHS } from './settings.mjs';
import { SetupError, StoppedError } from './setup-error.mjs';

const TAIL_LINES = 30;
const LINE_MAX_CHARS = 2000;
const STOP_GRACE_MS = 5000;
const PIPE_GRACE_MS = 2000;

/**
 * @typedef {object} CommandOptions
 * @property {string} what what fails if this fails: "The installation of the packages"
 * @property {string} [todo] what to do about a failure
 * @property {AbortSignal} [signal]
 * @property {number} deadlineMs
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [logName] the output also goes to .data/setup/logs/NAME.log
 * @property {string} [stdoutFile] the standard output goes to this file only
 * @property {(line: string) => void} [onLine]
 * @property {number} [tailLines]
 */

/**
 * Runs a program in its own process group and waits for it. Its group is ended when the signal aborts or the
 * deadline passes.
 * @param {string} program
 * @param {string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<string[]>} the last lines of its output
 * @throws {SetupError} with the last lines when it fails, {StoppedError} when the signal has ended it
 */
export async function runCommand(program, args, options) {
  if (options.signal?.aborted) throw new StoppedError();
  const output = collectOutput(options);
  const stdout = options.stdoutFile ? openSync(options.stdoutFile, 'w') : /** @type {const} */ ('pipe');
  const child = spawn(program, args, {
    cwd: options.cwd ?? PATHS.root,
    env: options.env ?? process.env,
    stdio: ['ignore', stdout, 'pipe'],
    detached: true,
  });
  if (typeof stdout === 'number') closeSync(stdout);
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', output.add);
  try {
    const { reason, exitCode } = await waitForGroup(child, options);
    if (reason === 'stopped') throw new StoppedError();
    if (reason === 'deadline') {
      throw new SetupError(`${options.what} took longer than ${Math.round(options.deadlineMs / 1000)} s.`, {
        todo: options.todo ?? '',
        tail: output.tail(),
      });
    }
    if (exitCode !== 0) {
      throw new SetupError(`${options.what} failed (${program}, exit code ${exitCode}).`, {
        todo: options.todo ?? '',
        tail: output.tail(),
      });
    }
    return output.tail();
  } finally {
    output.close();
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {CommandOptions} options
 * @returns {Promise<{ reason: 'ended' | 'stopped' | 'deadline', exitCode: number | string }>}
 */
function waitForGroup(child, { what, signal, deadlineMs, todo }) {
  return new Promise((resolve, reject) => {
    const { pid } = child;
    const forget = pid ? noteChild(pid) : () => {};
    /** @type {'ended' | 'stopped' | 'deadline'} */
    let reason = 'ended';
    /** @param {'stopped' | 'deadline'} why */
    const end = (why) => {
      reason = why;
      if (pid) void endGroup(pid, STOP_GRACE_MS);
    };
    const onAbort = () => end('stopped');
    const timer = setTimeout(end, deadlineMs, 'deadline');
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      forget();
    };
    child.once('error', (cause) => {
      settle();
      reject(new SetupError(`${what} failed: ${cause.message}.`, { todo: todo ?? '', cause }));
    });
    child.once('exit', (code, killedBy) => {
      const finish = () => {
        settle();
        resolve({ reason, exitCode: code ?? killedBy ?? 'unknown' });
      };
      // A process that left the group can hold the pipes open for as long as it likes.
      const notForever = setTimeout(finish, PIPE_GRACE_MS);
      child.once('close', () => {
        clearTimeout(notForever);
        finish();
      });
    });
  });
}

/** @param {CommandOptions} options */
function collectOutput({ logName, onLine, tailLines = TAIL_LINES }) {
  const log = logName ? openLog(logName) : undefined;
  /** @type {string[]} */
  const lines = [];
  let rest = '';
  /** @param {string} line */
  const keep = (line) => {
    if (!line.trim()) return;
    lines.push(stripVTControlCharacters(line).slice(0, LINE_MAX_CHARS));
    if (lines.length > tailLines) lines.shift();
    onLine?.(line);
  };
  return {
    /** @param {string} chunk */
    add(chunk) {
      log?.write(chunk);
      const parts = (rest + chunk).split(/\r?\n|\r/);
      rest = (parts.pop() ?? '').slice(-LINE_MAX_CHARS);
      for (const part of parts) keep(part);
    },
    tail: () => (rest.trim() ? [...lines, rest].slice(-tailLines) : [...lines]),
    close: () => log?.end(),
  };
}

/** @param {string} name */
function openLog(name) {
  mkdirSync(PATHS.logs, { recursive: true });
  return createWriteStream(path.join(PATHS.logs, `${name}.log`));
}

/**
 * Environment for programs of the project: `node` is the pinned runtime there.
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function projectEnv(extra = {}) {
  return { ...process.env, PATH: `${PATHS.binaries}${path.delimiter}${process.env.PATH ?? ''}`, ...extra };
}
