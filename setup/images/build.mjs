import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { requestEngine } from '../engine/api.mjs';
import { ownTemporaryDir } from '../runs.mjs';
import { provideBase } from './base.mjs';

const BUILD_DEADLINE_MS = 20 * 60_000;
const SAVE_DEADLINE_MS = 5 * 60_000;

/**
 * @typedef {object} BuildContext
 * @property {import('./plan.mjs').ImagePlan} plan
 * @property {string} engineUrl
 * @property {ReturnType<typeof import('../engine/docker-cli.mjs').dockerCli>} docker
 * @property {import('../progress.mjs').StepHandle} step
 * @property {AbortSignal} signal
 */

/**
 * Builds what the engine lacks of base, apps and node, in that order.
 * @param {BuildContext} context
 */
export async function buildImages(context) {
  const { plan, engineUrl } = context;
  if (!(await hasImage(engineUrl, plan.baseTag))) await provideBase(context);
  for (const app of plan.apps) {
    await build(context, app.tag, [
      '--build-arg',
      `BASE=${plan.baseTag}`,
      '--target',
      app.target,
      '-f',
      app.dockerfile,
      app.context,
    ]);
  }
  if (!(await hasImage(engineUrl, plan.bareNodeTag))) {
    await build(context, plan.bareNodeTag, ['--build-arg', `BASE=${plan.baseTag}`, plan.contexts.node]);
  }
  await addApps(context);
}

/**
 * @param {BuildContext} context
 */
async function addApps(context) {
  const { plan, docker, step } = context;
  const folder = path.join(ownTemporaryDir(), 'node-with-apps');
  mkdirSync(folder, { recursive: true });
  try {
    step.detail('packing the app images');
    await docker.run(['save', '-o', path.join(folder, 'images.tar'), ...plan.apps.map(({ tag }) => tag)], {
      what: 'Packing the app images',
      deadlineMs: SAVE_DEADLINE_MS,
    });
    const dockerfile = path.join(plan.contexts.node, 'images.Dockerfile');
    await build(context, plan.nodeTag, ['--build-arg', `NODE=${plan.bareNodeTag}`, '-f', dockerfile, folder]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {BuildContext} context
 * @param {string} tag
 * @param {string[]} args
 */
async function build({ docker, step }, tag, args) {
  step.detail(`building ${tag}`);
  // The host's network: the private engine has no docker0, and a builder often lacks the host's DNS and proxy.
  await docker.run(['build', '--network', 'host', '--force-rm', '-t', tag, ...args], {
    what: `Building the image ${tag}`,
    todo: 'Is a Debian mirror within reach, and disk free? The lines above are the end of the build.',
    deadlineMs: BUILD_DEADLINE_MS,
    logName: `image-${tag.replace(/^rollout-lab\//, '').replace(/:.*$/, '')}`,
    onLine: (line) => step.detail(`${tag}: ${line}`),
    tailLines: 30,
  });
}

/**
 * @param {string} engineUrl
 * @param {string} tag
 */
export async function hasImage(engineUrl, tag) {
  return (await requestEngine(engineUrl, `/images/${tag}/json`, { deadlineMs: 20_000 })).status === 200;
}
