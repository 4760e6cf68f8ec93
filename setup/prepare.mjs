import path from 'node:path';
import { takeLock } from './lock.mjs';
import { noteDependencyUse } from './runs.mjs';
import { PATHS } from './settings.mjs';
import { provideBrowser } from './steps/browser.mjs';
import { installDependencies } from './steps/dependencies.mjs';
import { acquireEngine } from './steps/engine.mjs';
import { provideImages } from './steps/images.mjs';
import { checkPlatform } from './steps/platform.mjs';
import { buildSite } from './steps/site.mjs';
import { provideTerminals } from './steps/terminals.mjs';

/** Another set-up may be building everything from nothing. */
const LOCK_DEADLINE_MS = 45 * 60_000;

/**
 * @typedef {'terminals' | 'engine' | 'images' | 'site' | 'browser'} Need besides the dependencies, which everything needs
 *
 * @typedef {object} Prepared
 * @property {NodeJS.ProcessEnv} env tells our programs what was found; see docs/operations.md
 * @property {() => Promise<void>} release
 */

/**
 * Sees to everything that a command needs. Set-ups of one checkout take turns.
 * @param {ReadonlySet<Need>} needs
 * @param {import('./commands/context.mjs').CommandContext} context
 * @returns {Promise<Prepared>}
 */
export async function prepare(needs, context) {
  checkPlatform();
  const { settings, progress, signal } = context;
  const unlock = await takeLock(path.join(PATHS.locks, 'setup.lock'), {
    deadlineMs: LOCK_DEADLINE_MS,
    signal,
    onWait: (pid) => progress.note(`Waiting for the set-up of process ${pid} …`),
  });
  /** @type {import('./steps/engine.mjs').Engine | undefined} */
  let engine;
  const release = async () => {
    const held = engine;
    engine = undefined;
    if (held?.isPrivate) await progress.run('Leaving the private Docker engine', held.release);
  };
  /** @type {NodeJS.ProcessEnv} */
  const env = { ROLLOUT_LAB_DATA_DIR: settings.serverDataDir };
  try {
    await installDependencies({ progress, signal });
    noteDependencyUse();
    if (needs.has('terminals')) Object.assign(env, await provideTerminals({ progress, signal }));
    if (needs.has('engine') || needs.has('images')) {
      engine = await acquireEngine({ settings, progress, signal });
      env.ROLLOUT_LAB_ENGINE = engine.url;
    }
    if (engine && needs.has('images')) {
      env.ROLLOUT_LAB_NODE_IMAGE = await provideImages({ engine, progress, signal });
    }
    if (needs.has('site')) await buildSite({ progress, signal });
    if (needs.has('browser')) env.ROLLOUT_LAB_CHROMIUM = await provideBrowser({ progress, signal });
    return { env, release };
  } catch (error) {
    await release();
    throw error;
  } finally {
    unlock();
  }
}
