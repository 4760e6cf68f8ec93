import { installHint } from '../apt.mjs';
import { labsThatFit } from '../capacity.mjs';
import { formatBytes } from '../format.mjs';
import { judgeKernel } from './judge-kernel.mjs';
import { judgeWall } from './judge-wall.mjs';
import { rowMaker } from './rows.mjs';

const DISK_WARN_BYTES = 6 * 2 ** 30;
const DISK_FAIL_BYTES = 3 * 2 ** 30;

/**
 * @param {import('./facts.mjs').MachineFacts} facts
 * @returns {import('./rows.mjs').Row[]}
 */
export function judge(facts) {
  const { engine, kernel } = facts;
  return [
    judgePlatform(facts),
    judgeNode(facts),
    judgeNpm(facts),
    judgeTools(facts),
    judgeEngine(engine),
    ...judgeDtach(facts),
    ...judgeStorage(engine),
    ...judgeKernel({
      kernelRelease: engine.info?.kernelVersion ?? kernel?.release ?? '',
      kernel,
      engineCgroupVersion: engine.info?.cgroupVersion,
    }),
    ...judgeWall(facts),
    judgeMemory(facts),
    judgeDisk(facts),
    judgePort(facts.port),
    judgeBrowser(facts),
  ];
}

/** @param {import('./facts.mjs').MachineFacts} facts */
function judgePlatform({ platform, arch }) {
  const row = rowMaker('platform', 'Platform');
  const found = `${platform} ${arch}`;
  if (arch !== 'x64' && arch !== 'arm64') return row.fail(found, 'Use a machine with x64 or arm64.');
  if (platform === 'linux') return row.pass(found);
  if (platform === 'darwin')
    return row.warn(found, 'Works as far as Docker Desktop goes; Linux is what is tested.');
  return row.fail(found, 'Use Linux, macOS, or WSL 2 on Windows.');
}

/** @param {import('./facts.mjs').MachineFacts} facts */
function judgeNode({ nodeVersion, runtimeVersion, runtimeWanted }) {
  const row = rowMaker('runtime', 'Node runtime');
  const found = `${runtimeVersion ?? 'not installed yet'} (set-up runs on ${nodeVersion})`;
  if (runtimeVersion === runtimeWanted) return row.pass(found);
  return row.warn(found, `npm start installs ${runtimeWanted} into node_modules.`);
}

/** @param {import('./facts.mjs').MachineFacts} facts */
function judgeNpm({ npmVersion }) {
  const row = rowMaker('npm', 'npm');
  return npmVersion ? row.pass(npmVersion) : row.fail('not found', 'Install npm (it comes with Node).');
}

/** @param {import('./facts.mjs').MachineFacts} facts */
function judgeTools({ missingTools, canInstall, runtimeVersion }) {
  const row = rowMaker('compiler', 'Compiler tools');
  if (missingTools.length === 0) return row.pass('python3, make, g++ (for node-pty)');
  const found = `missing: ${missingTools.join(', ')}`;
  if (canInstall) return row.warn(found, 'npm start installs them.');
  const todo = `Install: ${installHint(missingTools)}`;
  return runtimeVersion ? row.warn(found, `${todo} before the dependencies change.`) : row.fail(found, todo);
}

/** @param {import('./facts.mjs').EngineFacts} engine */
function judgeEngine({ info, source, refusals, canRunPrivate }) {
  const row = rowMaker('engine', 'Docker engine');
  if (info) return row.pass(`${info.version} (${source})`);
  const why = refusals.length > 0 ? refusals.join('; ') : 'none answers';
  if (canRunPrivate) return row.warn(why, 'npm start runs its own private engine (docker.io).');
  const get = refusals.length > 0 ? 'Do what it says' : 'Install Docker and start it';
  return row.fail(why, `${get}, or run npm start as root on Debian or Ubuntu.`);
}

/** @param {import('./facts.mjs').MachineFacts} facts */
function judgeDtach({ platform, hasDtach, canInstall }) {
  if (platform !== 'linux') return [];
  const row = rowMaker('dtach', 'dtach');
  if (hasDtach) return [row.pass('there')];
  const todo = canInstall
    ? 'npm start installs it.'
    : `Terminals are slower without: ${installHint(['dtach'])}`;
  return [row.warn('missing', todo)];
}

/** @param {import('./facts.mjs').EngineFacts} engine */
function judgeStorage({ info }) {
  if (!info) return [];
  const row = rowMaker('storage', 'Image storage');
  if (info.storageDriver !== 'vfs') return [row.pass(info.storageDriver)];
  return [
    row.warn(
      'vfs',
      'Every lab copies whole images: slow and large. Put the data root on ext4, xfs or btrfs.',
    ),
  ];
}

/** @param {import('./facts.mjs').MachineFacts} facts */
function judgeMemory({ engine, kernel, freeDiskBytes }) {
  const row = rowMaker('memory', 'Memory');
  const availableMemoryBytes = kernel?.availableMemoryBytes ?? engine.info?.memoryBytes ?? 0;
  const labs = labsThatFit({ availableMemoryBytes, freeDiskBytes });
  const found = `${formatBytes(availableMemoryBytes)} available: ${labs} ${labs === 1 ? 'lab' : 'labs'} of one node fit`;
  if (labs >= 5) return row.pass(found);
  if (labs >= 1)
    return row.warn(found, 'Exercises with five nodes do not fit. Close other programs, or add memory.');
  return row.fail(found, 'Free some memory or disk, or give the engine more.');
}

/** @param {import('./facts.mjs').MachineFacts} facts */
function judgeDisk({ freeDiskBytes, diskPlace }) {
  const row = rowMaker('disk', 'Disk');
  if (freeDiskBytes === undefined)
    return row.warn(`${diskPlace}: unknown`, 'Make sure that 6 GiB are free there.');
  const found = `${formatBytes(freeDiskBytes)} free at ${diskPlace}`;
  if (freeDiskBytes >= DISK_WARN_BYTES) return row.pass(found);
  const todo = `Building the images needs ${formatBytes(DISK_FAIL_BYTES)}; free some space.`;
  return freeDiskBytes >= DISK_FAIL_BYTES ? row.warn(found, todo) : row.fail(found, todo);
}

/** @param {import('./facts.mjs').MachineFacts['port']} port */
function judgePort({ host, port, problem, holder }) {
  const row = rowMaker('port', 'Port');
  if (!problem) return row.pass(`${host}:${port} is free`);
  const found =
    problem === 'EADDRINUSE'
      ? `${host}:${port} is in use${holder ? ` by ${holder}` : ''}`
      : `${host}:${port}: ${problem}`;
  const todo = 'If that is not rollout-lab itself, choose another with ROLLOUT_LAB_PORT.';
  return problem === 'EADDRINUSE' ? row.warn(found, todo) : row.fail(found, todo);
}

/** @param {import('./facts.mjs').MachineFacts} facts */
function judgeBrowser({ browser, canInstall }) {
  const row = rowMaker('chromium', 'Chromium');
  if (browser) return row.pass(browser);
  return row.warn(
    'not found',
    canInstall
      ? 'Only npm test needs it, and installs it.'
      : `Only npm test needs it: ${installHint(['chromium'])}`,
  );
}
