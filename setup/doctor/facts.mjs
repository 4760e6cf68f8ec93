import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canInstallPackages } from '../apt.mjs';
import { freeBytes } from '../disk.mjs';
import { privateEngineRuns } from '../engine/private.mjs';
import { privateEnginePaths } from '../engine/private-paths.mjs';
import { probeEngine } from '../engine/probe.mjs';
import { findListener, portProblem } from '../port.mjs';
import { findProgram } from '../programs.mjs';
import { PATHS } from '../settings.mjs';
import { SetupError } from '../setup-error.mjs';
import { findBrowser } from '../steps/browser.mjs';
import { missingCompilerTools } from '../steps/dependencies.mjs';
import { canRunPrivateEngine, findEngine } from '../steps/engine.mjs';
import { readKernelFacts } from './kernel-facts.mjs';
import { readMeasuredWall } from './measured-wall.mjs';

/**
 * @typedef {object} EngineFacts
 * @property {import('../engine/probe.mjs').EngineInfo | undefined} info
 * @property {string} source
 * @property {string[]} refusals why engines that were found can't be used
 * @property {boolean} canRunPrivate
 *
 * @typedef {object} MachineFacts
 * @property {string} platform
 * @property {string} arch
 * @property {string} nodeVersion the Node that runs set-up
 * @property {string | undefined} runtimeVersion the pinned one, once it is installed
 * @property {string} runtimeWanted
 * @property {string | undefined} npmVersion
 * @property {string[]} missingTools
 * @property {boolean} canInstall
 * @property {EngineFacts} engine
 * @property {import('./kernel-facts.mjs').KernelFacts | undefined} kernel undefined where labs run on another kernel
 * @property {number | undefined} freeDiskBytes
 * @property {string} diskPlace
 * @property {{ host: string, port: number, problem: string | undefined, holder: string | undefined }} port
 * @property {boolean} hasDtach
 * @property {string | undefined} browser
 * @property {boolean} isRoot
 * @property {boolean | undefined} canMountLoops
 * @property {import('./measured-wall.mjs').MeasuredWall | undefined} wall undefined while no server answers
 */

/**
 * @param {import('../settings.mjs').Settings} settings
 * @returns {Promise<MachineFacts>}
 */
export async function gatherFacts(settings) {
  const engine = await engineFacts(settings);
  const diskPlace =
    engine.info?.dataDir || (process.platform === 'linux' ? settings.engineDataDir : PATHS.root);
  const problem = await portProblem(settings);
  return {
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.versions.node,
    runtimeVersion: versionOf(PATHS.runtime)?.replace(/^v/, ''),
    runtimeWanted: JSON.parse(readFileSync(path.join(PATHS.root, 'package.json'), 'utf8')).dependencies.node,
    npmVersion: versionOf('npm'),
    missingTools: missingCompilerTools(),
    canInstall: canInstallPackages(),
    engine,
    kernel: process.platform === 'linux' ? readKernelFacts() : undefined,
    freeDiskBytes: freeBytes(diskPlace),
    diskPlace,
    port: {
      host: settings.host,
      port: settings.port,
      problem,
      holder: problem ? findListener(settings.port) : undefined,
    },
    hasDtach: findProgram('dtach') !== undefined,
    browser: findBrowser(),
    isRoot: process.getuid?.() === 0,
    canMountLoops: process.platform === 'linux' ? existsSync('/dev/loop-control') : undefined,
    wall: problem === 'EADDRINUSE' ? await readMeasuredWall(settings) : undefined,
  };
}

/**
 * @param {import('../settings.mjs').Settings} settings
 * @returns {Promise<EngineFacts>}
 */
async function engineFacts(settings) {
  const canRunPrivate = settings.engineMode !== 'existing' && canRunPrivateEngine();
  try {
    const { found, refusals } =
      settings.engineMode === 'private' ? { refusals: [] } : await findEngine(settings);
    if (found) return { info: found.info, source: found.candidate.source, refusals, canRunPrivate };
    if (canRunPrivate && privateEngineRuns(settings.engineDataDir)) {
      const probe = await probeEngine(privateEnginePaths(settings.engineDataDir).url);
      if (probe.state === 'answers') {
        return { info: probe.info, source: `our own, in ${settings.engineDataDir}`, refusals, canRunPrivate };
      }
    }
    return { info: undefined, source: '', refusals, canRunPrivate };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { info: undefined, source: '', refusals: [error.message], canRunPrivate: false };
  }
}

/** npm needs half a minute to say it on an emulated machine; as "not found" it would fail the row. */
const VERSION_DEADLINE_MS = 90_000;

/** @param {string} program */
function versionOf(program) {
  const file = path.isAbsolute(program) ? program : findProgram(program);
  if (!file) return undefined;
  const { status, stdout } = spawnSync(file, ['--version'], {
    encoding: 'utf8',
    timeout: VERSION_DEADLINE_MS,
  });
  return status === 0 ? stdout.trim() : undefined;
}
