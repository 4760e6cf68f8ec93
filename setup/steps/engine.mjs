import { existsSync, readFileSync } from 'node:fs';
import { canInstallPackages, installHint, installPackages, isDebianFamily } from '../apt.mjs';
import { listCandidates } from '../engine/candidates.mjs';
import { acquirePrivateEngine } from '../engine/private.mjs';
import { probeEngine, unusableBecause } from '../engine/probe.mjs';
import { findProgram } from '../programs.mjs';
import { SetupError } from '../setup-error.mjs';

/**
 * @typedef {object} Engine
 * @property {string} url
 * @property {boolean} isPrivate
 * @property {string} source
 * @property {import('../engine/probe.mjs').EngineInfo} info
 * @property {() => Promise<void>} release to be called once, when this set-up no longer needs it
 */

/**
 * Finds an engine that answers, or runs our own.
 * @param {import('./dependencies.mjs').StepContext & { settings: import('../settings.mjs').Settings }} context
 * @returns {Promise<Engine>}
 * @throws {SetupError}
 */
export async function acquireEngine({ settings, progress, signal }) {
  const existing =
    settings.engineMode === 'private' ? { found: undefined, refusals: [] } : await findEngine(settings);
  if (existing.found) {
    const { candidate, info } = existing.found;
    progress.skip('Docker engine', `${info.version} (${candidate.source})`);
    return { url: candidate.url, isPrivate: false, source: candidate.source, info, release: async () => {} };
  }
  if (settings.engineMode === 'existing' || !canRunPrivateEngine()) throw noEngine(existing.refusals);
  await provideDaemon({ progress, signal });
  return startPrivateEngine({ settings, progress, signal });
}

/**
 * @param {import('../settings.mjs').Settings} settings
 */
export async function findEngine(settings) {
  /** @type {string[]} */
  const refusals = [];
  for (const candidate of listCandidates({ env: process.env, engineUrl: settings.engineUrl })) {
    const probe = await probeEngine(candidate.url);
    const why = probe.state === 'answers' ? unusableBecause(probe.info) : refusal(probe, candidate.url);
    if (probe.state === 'answers' && !why) return { found: { candidate, info: probe.info }, refusals };
    if (why && candidate.isNamed) {
      throw new SetupError(
        `The engine that ${candidate.source} names (${candidate.url}) can't be used: ${why}.`,
        {
          todo: `Make it work, or unset ${candidate.source} so that set-up looks elsewhere.`,
        },
      );
    }
    if (why && probe.state !== 'absent') refusals.push(`${candidate.url}: ${why}`);
  }
  return { found: undefined, refusals };
}

/**
 * @param {Exclude<import('../engine/probe.mjs').ProbeResult, { state: 'answers' }>} probe
 * @param {string} url
 */
function refusal(probe, url) {
  if (probe.state === 'absent') return 'nothing answers there';
  if (probe.state === 'silent') return probe.why;
  return `you may not open ${url.replace('unix://', '')}; add yourself to its group (sudo usermod -aG docker "$USER") and log in again`;
}

/** Whether a dockerd of our own can run here at all. */
export function canRunPrivateEngine() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    (!!findProgram('dockerd') || canInstallPackages())
  );
}

/** @param {string[]} refusals */
function noEngine(refusals) {
  const asRoot =
    process.platform === 'linux'
      ? `\nOr run it as root on Debian or Ubuntu: then it installs and runs an engine of its own.`
      : '';
  if (refusals.length > 0) {
    return new SetupError(`No Docker engine can be used.\n    ${refusals.join('\n    ')}`, {
      todo: `Follow what the lines above say.${asRoot}`,
    });
  }
  return new SetupError('No Docker engine answers.', { todo: `${howToGetEngine()}${asRoot}` });
}

function howToGetEngine() {
  if (process.platform === 'darwin')
    return 'Install and start Docker Desktop (https://docs.docker.com/desktop/).';
  if (findProgram('dockerd')) return 'Docker is installed but not running: sudo systemctl start docker';
  return isDebianFamily()
    ? `Install one: ${installHint(['docker.io'])}, then: sudo usermod -aG docker "$USER", and log in again.`
    : 'Install Docker Engine (https://docs.docker.com/engine/install/) and start it.';
}

/** @param {import('./dependencies.mjs').StepContext} context */
async function provideDaemon({ progress, signal }) {
  if (findProgram('dockerd')) return;
  await progress.run('Installing the Docker engine (docker.io)', (step) =>
    installPackages(['docker.io', 'iptables', 'ca-certificates', ...apparmorPackages()], {
      what: 'the Docker engine',
      signal,
      onLine: step.detail,
    }),
  );
}

/** Where the kernel enforces AppArmor, the engine can't start a container without its parser. */
function apparmorPackages() {
  const file = '/sys/module/apparmor/parameters/enabled';
  return existsSync(file) && readFileSync(file, 'utf8').trim() === 'Y' ? ['apparmor'] : [];
}

/**
 * @param {import('./dependencies.mjs').StepContext & { settings: import('../settings.mjs').Settings }} context
 * @returns {Promise<Engine>}
 */
function startPrivateEngine({ settings, progress, signal }) {
  return progress.run('Starting the private Docker engine', async () => {
    const { url, release } = await acquirePrivateEngine({
      dataDir: settings.engineDataDir,
      flags: settings.engineFlags,
      signal,
      note: progress.note,
    });
    try {
      const probe = await probeEngine(url);
      if (probe.state !== 'answers')
        throw new SetupError('The private engine answers no questions.', {
          todo: `See ${settings.engineDataDir}/engine.log.`,
        });
      return { url, isPrivate: true, source: settings.engineDataDir, info: probe.info, release };
    } catch (error) {
      await release();
      throw error;
    }
  });
}
