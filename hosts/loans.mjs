import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runCommand } from '../setup/command.mjs';
import { PATHS } from '../setup/settings.mjs';
import { CHECKOUT } from './checkout.mjs';
import { handOver } from './handover.mjs';

const PACK_DEADLINE_MS = 5 * 60_000;
const UNPACK_DEADLINE_MS = 90_000;

const NODE_TAG = `import('./setup/images/plan.mjs').then((plan) => console.log(plan.planImages(process.cwd()).nodeTag))`;

/**
 * Installing the packages and building the images takes an emulated machine an hour. So it gets those of this one;
 * set-up finds them as it finds what an earlier start has left.
 * @param {import('./steps.mjs').StepContext} context
 * @returns {Promise<string>} what was lent
 */
export async function lend(context) {
  if (context.options.isFromScratch || !context.isEmulated) return 'nothing: set-up makes everything there';
  return `${await lendPackages(context)}, ${await lendImages(context)}`;
}

/** @param {import('./steps.mjs').StepContext} context */
async function lendPackages(context) {
  const { shell, patience, signal, step } = context;
  const { exitCode } = await shell.run('kim', `test -e ${CHECKOUT}/node_modules/.package-lock.json`, {
    what: 'Looking for packages',
    deadlineMs: 10_000 * patience,
  });
  if (exitCode === 0) return 'packages are there';
  if (!existsSync(PATHS.runtime)) return 'no packages here';
  step.detail('node_modules');
  await handOver(context, 'packages.tar', {
    make: async (tar) => {
      await runCommand('tar', ['-C', PATHS.root, '-cf', tar, 'node_modules'], {
        what: 'Packing node_modules',
        signal,
        deadlineMs: PACK_DEADLINE_MS,
      });
    },
    take: `cd ${CHECKOUT} && tar -xf "$FILE" --no-same-owner`,
    deadlineMs: UNPACK_DEADLINE_MS,
  });
  return 'packages';
}

/** @param {import('./steps.mjs').StepContext} context */
async function lendImages(context) {
  const { shell, patience, signal, step } = context;
  const asked = await shell.run('kim', `cd ${CHECKOUT} && node -e "${NODE_TAG}"`, {
    what: 'Asking for the name of the node image',
    deadlineMs: 20_000 * patience,
  });
  const tag = asked.output.at(-1) ?? '';
  if (spawnSync('docker', ['image', 'inspect', tag], { stdio: 'ignore' }).status !== 0) {
    return `no image: ${tag} is not here either`;
  }
  const there = await shell.run('kim', `docker image inspect ${tag} >/dev/null`, {
    what: 'Looking for the image',
    deadlineMs: 10_000 * patience,
  });
  if (there.exitCode === 0) return `${tag} is there`;
  step.detail(tag);
  await handOver(context, 'image.tar', {
    make: async (tar) => {
      await runCommand('docker', ['save', '-o', tar, tag], {
        what: `Packing ${tag}`,
        signal,
        deadlineMs: PACK_DEADLINE_MS,
      });
    },
    take: 'docker load -i "$FILE"',
    deadlineMs: UNPACK_DEADLINE_MS,
  });
  return tag;
}
