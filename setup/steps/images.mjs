import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { freeBytes } from '../disk.mjs';
import { dockerCli, provideDockerCli } from '../engine/docker-cli.mjs';
import { formatBytes } from '../format.mjs';
import { buildImages, hasImage } from '../images/build.mjs';
import { removeOldImages } from '../images/old-images.mjs';
import { planImages } from '../images/plan.mjs';
import { takeLock } from '../lock.mjs';
import { PATHS } from '../settings.mjs';
import { SetupError } from '../setup-error.mjs';

/** Base, compiler, node and apps with all their layers take 1.2 GB; the rest is for tar files and for the labs. */
const BUILD_NEEDS_BYTES = 3 * 2 ** 30;
const LOCK_DEADLINE_MS = 45 * 60_000;

/**
 * @param {import('./dependencies.mjs').StepContext & { engine: import('./engine.mjs').Engine }} context
 * @returns {Promise<string>} tag of the node image
 */
export async function provideImages({ engine, progress, signal }) {
  const plan = planImages(PATHS.root);
  if (await hasImage(engine.url, plan.nodeTag)) {
    progress.skip('Lab images');
    return plan.nodeTag;
  }
  checkDisk(engine);
  await provideDockerCli({ progress, signal });
  const unlock = await takeLock(lockFileFor(engine.url), {
    deadlineMs: LOCK_DEADLINE_MS,
    signal,
    onWait: (pid) => progress.note(`Waiting for the image build of process ${pid} …`),
  });
  try {
    await progress.run('Building the lab images', async (step) => {
      await buildImages({ plan, engineUrl: engine.url, docker: dockerCli(engine.url, signal), step, signal });
      await removeOldImages(engine.url, [plan.nodeTag, plan.bareNodeTag, plan.baseTag]);
    });
  } finally {
    unlock();
  }
  return plan.nodeTag;
}

/**
 * Another checkout on the same engine uses the same names for app images of other content.
 * @param {string} engineUrl
 */
function lockFileFor(engineUrl) {
  const id = createHash('sha256').update(engineUrl).digest('hex').slice(0, 12);
  return path.join(os.tmpdir(), `rollout-lab-images-${os.userInfo().uid}-${id}.lock`);
}

/** @param {import('./engine.mjs').Engine} engine */
function checkDisk({ info }) {
  // An engine in a virtual machine or elsewhere has its data on a disk that we can't see.
  const places = [PATHS.root, ...(process.platform === 'linux' ? [info.dataDir] : [])];
  for (const place of places) {
    const free = freeBytes(place);
    if (free === undefined || free >= BUILD_NEEDS_BYTES) continue;
    throw new SetupError(
      `The disk of ${place} has ${formatBytes(free)} left; building the images needs ${formatBytes(BUILD_NEEDS_BYTES)}.`,
      {
        todo: 'Free some space there (docker system prune helps, if that engine is yours) and start again.',
      },
    );
  }
}
