import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canInstallPackages, installHint, installPackages } from '../apt.mjs';
import { projectEnv, runCommand } from '../command.mjs';
import { fingerprint } from '../fingerprint.mjs';
import { findProgram } from '../programs.mjs';
import { stepRecord } from '../record.mjs';
import { otherDependencyUsers } from '../runs.mjs';
import { PATHS } from '../settings.mjs';
import { SetupError } from '../setup-error.mjs';
import { installEnv } from './install-env.mjs';
import { installedMatches } from './installed-tree.mjs';

const INSTALL_DEADLINE_MS = 20 * 60_000;
const PTY_CHECK_DEADLINE_MS = 20_000;

/** Program → Debian package, for node-pty, which compiles on Linux. */
const COMPILER_TOOLS = { python3: 'python3', make: 'make', 'g++': 'g++' };

/** @returns {string[]} programs that node-pty's build would miss here */
export function missingCompilerTools() {
  return process.platform === 'linux' ? Object.keys(COMPILER_TOOLS).filter((name) => !findProgram(name)) : [];
}

/** @typedef {{ progress: import('../progress.mjs').Progress, signal: AbortSignal }} StepContext */

/** @param {StepContext} context */
export async function installDependencies({ progress, signal }) {
  const record = stepRecord('dependencies');
  const inputs = `${process.platform}-${process.arch}-${fingerprint(PATHS.root, ['package-lock.json'])}`;
  if (record.isFor(inputs) && existsSync(PATHS.runtime)) return progress.skip('Dependencies');
  record.clear();
  if (!treeIsInstalled()) {
    refuseWhileInUse();
    await provideCompiler({ progress, signal });
    await progress.run('Installing the dependencies (npm ci)', (step) =>
      installTree({ signal, onLine: step.detail }),
    );
  }
  await progress.run('Checking that terminals work (node-pty)', () => checkPty(signal));
  record.write(inputs);
}

function treeIsInstalled() {
  return (
    existsSync(PATHS.runtime) &&
    installedMatches(readJson('package-lock.json'), readJson('node_modules/.package-lock.json'))
  );
}

/** @param {{ signal: AbortSignal, onLine: (line: string) => void }} options */
async function installTree({ signal, onLine }) {
  await runCommand('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=http'], {
    what: 'Installing the dependencies',
    todo: `Is the npm registry within reach (npm ping)? The whole output is in ${PATHS.logs}/npm.log.`,
    env: installEnv(process.env),
    signal,
    deadlineMs: INSTALL_DEADLINE_MS,
    logName: 'npm',
    onLine: (line) => onLine(line.replace(/^npm (http fetch|info run|warn) ?/, '')),
  });
}

/** @param {StepContext} context */
async function provideCompiler({ progress, signal }) {
  const missing = missingCompilerTools();
  if (missing.length === 0) return;
  const packages = missing.map((name) => COMPILER_TOOLS[/** @type {keyof typeof COMPILER_TOOLS} */ (name)]);
  if (!canInstallPackages()) {
    throw new SetupError(
      `Terminals need node-pty, which is compiled here, and ${missing.join(', ')} is missing.`,
      {
        todo: `Install: ${installHint(packages)}`,
      },
    );
  }
  await progress.run(`Installing the compiler (${packages.join(', ')})`, (step) =>
    installPackages(packages, { what: 'the compiler', signal, onLine: step.detail }),
  );
}

function refuseWhileInUse() {
  const users = otherDependencyUsers();
  if (users.length === 0) return;
  throw new SetupError(
    `package-lock.json has changed, but process ${users.join(', ')} is using node_modules.`,
    {
      todo: 'Stop that npm start or npm test first.',
    },
  );
}

const PTY_CHECK = `
const pty = require('node-pty').spawn('/bin/sh', ['-c', 'exit 7'], {});
pty.onExit(({ exitCode }) => process.exit(exitCode === 7 ? 0 : 1));
`;

/** @param {AbortSignal} signal */
async function checkPty(signal) {
  await runCommand(PATHS.runtime, ['-e', PTY_CHECK], {
    what: 'Opening a terminal with node-pty',
    todo: `Remove ${PATHS.root}/node_modules and start again; it is compiled anew then.`,
    env: projectEnv(),
    signal,
    deadlineMs: PTY_CHECK_DEADLINE_MS,
  });
}

/** @param {string} name */
function readJson(name) {
  try {
    return JSON.parse(readFileSync(path.join(PATHS.root, name), 'utf8'));
  } catch {
    return undefined;
  }
}
