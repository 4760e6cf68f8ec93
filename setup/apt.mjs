import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { projectEnv, runCommand } from './command.mjs';
import { takeLock } from './lock.mjs';
import { withoutServiceStarts } from './service-starts.mjs';
import { SetupError } from './setup-error.mjs';
import { throwIfStopped } from './shutdown.mjs';

const UPDATE_DEADLINE_MS = 180_000;
const DOWNLOAD_DEADLINE_MS = 900_000;
const INSTALL_DEADLINE_MS = 600_000;
/** How long apt waits for another apt or dpkg to finish. */
const LOCK_WAIT_S = 300;

/** Only one set-up of this machine at a time: the rule against service starts is one file for all. */
const LOCK_FILE = '/run/rollout-lab-apt.lock';

const OPTIONS = ['-y', '-q', '--no-install-recommends', '-o', `DPkg::Lock::Timeout=${LOCK_WAIT_S}`];

/** Whether packages can be installed here without asking anybody. */
export function canInstallPackages() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    isDebianFamily() &&
    existsSync('/usr/bin/apt-get')
  );
}

/** @param {string} [osRelease] text of /etc/os-release */
export function isDebianFamily(osRelease = readOsRelease()) {
  return /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(osRelease);
}

/**
 * The command that a person would type to get these packages.
 * @param {string[]} packages
 */
export function installHint(packages) {
  return isDebianFamily()
    ? `sudo apt-get install ${packages.join(' ')}`
    : `your system's packages for: ${packages.join(', ')}`;
}

/**
 * Installs Debian packages; services in them are not started.
 * @param {string[]} packages
 * @param {{ what: string, signal?: AbortSignal | undefined, onLine?: (line: string) => void }} options
 * @throws {SetupError} with apt's last lines
 */
export async function installPackages(packages, { what, signal, onLine }) {
  const common = {
    env: projectEnv({ DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1', LC_ALL: 'C.UTF-8' }),
    logName: 'apt',
    ...(onLine ? { onLine } : {}),
  };
  const abortable = { ...common, ...(signal ? { signal } : {}) };
  const todo = `Look at what apt says, or run: ${installHint(packages)}`;
  const releaseLock = await takeLock(LOCK_FILE, {
    deadlineMs: INSTALL_DEADLINE_MS,
    signal,
    onWait: (pid) => onLine?.(`waiting for the installation of process ${pid}`),
  });
  try {
    await installUnderLock(packages, { what, todo, common, abortable });
  } finally {
    releaseLock();
  }
  throwIfStopped(signal);
}

/**
 * @typedef {Omit<import('./command.mjs').CommandOptions, 'what' | 'deadlineMs'>} AptOptions
 * @param {string[]} packages
 * @param {{ what: string, todo: string, common: AptOptions, abortable: AptOptions }} options
 */
async function installUnderLock(packages, { what, todo, common, abortable }) {
  await repairInterruptedDpkg({ ...common, todo });
  if (await needsUpdate(packages, abortable)) {
    // A third-party list that can't be fetched fails the whole update; whether it matters shows when installing.
    await runCommand('apt-get', ['update', '-q', '-o', `DPkg::Lock::Timeout=${LOCK_WAIT_S}`], {
      ...abortable,
      what: `Fetching the package lists for ${what}`,
      deadlineMs: UPDATE_DEADLINE_MS,
    }).catch((error) => {
      if (!(error instanceof SetupError)) throw error;
    });
  }
  const install = ['install', ...OPTIONS, ...packages];
  await runCommand('apt-get', [...install, '--download-only'], {
    ...abortable,
    what: `Downloading ${what}`,
    todo,
    deadlineMs: DOWNLOAD_DEADLINE_MS,
  });
  // Not abortable: dpkg stopped half-way leaves a system on which nothing can be installed any more.
  await withoutServiceStarts(() =>
    runCommand('apt-get', install, {
      ...common,
      what: `Installing ${what}`,
      todo,
      deadlineMs: INSTALL_DEADLINE_MS,
    }),
  );
}

/**
 * A dry run tells whether the present lists know the packages; a new machine has no lists at all.
 * @param {string[]} packages
 * @param {AptOptions} options
 */
async function needsUpdate(packages, options) {
  try {
    await runCommand('apt-get', ['install', ...OPTIONS, '--simulate', ...packages], {
      ...options,
      what: 'A dry run of apt',
      deadlineMs: UPDATE_DEADLINE_MS,
    });
    return listsAreOld();
  } catch (error) {
    if (error instanceof SetupError) return true;
    throw error;
  }
}

/** Mirrors drop a version soon after its successor: lists of last week often name files that are gone. */
function listsAreOld() {
  const success = '/var/lib/apt/periodic/update-success-stamp';
  const stamp = existsSync(success) ? success : '/var/lib/apt/lists';
  try {
    return Date.now() - statSync(stamp).mtimeMs > 24 * 3600 * 1000;
  } catch {
    return true;
  }
}

/** @param {AptOptions} options */
async function repairInterruptedDpkg(options) {
  const updates = '/var/lib/dpkg/updates';
  if (!existsSync(updates) || readdirSync(updates).every((name) => !/^\d+$/.test(name))) return;
  await runCommand('dpkg', ['--configure', '-a'], {
    ...options,
    what: 'Finishing an interrupted package installation',
    deadlineMs: INSTALL_DEADLINE_MS,
  });
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
