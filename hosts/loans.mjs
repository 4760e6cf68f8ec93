import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../setup/command.mjs';
import { PATHS } from '../setup/settings.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { isSiteBuilt } from '../setup/steps/site.mjs';
import { CHECKOUT } from './checkout.mjs';
import { HANDOVER, handOver, mountHandover } from './handover.mjs';
import { PLACES } from './places.mjs';

const PACKAGES = 'packages.img';
const OTHER_LOCK_FILE = 9;

/** Set-up would replace packages of another lock file, and can't remove the folder that something is mounted on. */
const MOUNT_PACKAGES = `set -e
cd /home/kim/${CHECKOUT}
! mountpoint -q node_modules || exit 0
mkdir -p /mnt/packages /var/packages/upper /var/packages/work node_modules
mount -o loop,ro ${HANDOVER}/${PACKAGES} /mnt/packages
node -e "import('./setup/steps/installed-tree.mjs').then(({ installedMatches }) =>
  process.exit(installedMatches(require('./package-lock.json'), require('/mnt/packages/.package-lock.json')) ? 0 : ${OTHER_LOCK_FILE}))"
chown kim: /var/packages/upper node_modules
mount -t overlay -o lowerdir=/mnt/packages,upperdir=/var/packages/upper,workdir=/var/packages/work packages node_modules
chown kim: node_modules
# What tools have kept there is of this machine, and not kim's to replace.
find node_modules -mindepth 1 -maxdepth 1 -name '.*' ! -name .bin ! -name .package-lock.json -exec rm -rf {} +`;

const PACK_DEADLINE_MS = 5 * 60_000;
const UNPACK_DEADLINE_MS = 90_000;

const NODE_TAG = `import('./setup/images/plan.mjs').then((plan) => console.log(plan.planImages(process.cwd()).nodeTag))`;

/**
 * Installing the packages, building the images and the pages takes an emulated machine an hour. So it gets those of this one;
 * set-up finds them as it finds what an earlier start has left.
 * @param {import('./steps.mjs').StepContext} context
 * @returns {Promise<string>} what was lent
 */
export async function lend(context) {
  if (context.options.isFromScratch || !context.isEmulated) return 'nothing: set-up makes everything there';
  return [await lendPackages(context), await lendSite(context), await lendImages(context)].join(', ');
}

/**
 * node_modules goes in as a file system: as files, the 40,000 of them take ten minutes. What the machine writes into
 * it lies in a layer of its own.
 * @param {import('./steps.mjs').StepContext} context
 */
async function lendPackages({ shell, patience, signal, step }) {
  if (!existsSync(PATHS.runtime)) return 'no packages: there are none here';
  step.detail('node_modules');
  await makePackagesImage(path.join(PLACES.handover, PACKAGES), signal);
  await mountHandover(shell, patience);
  const mounted = await shell.run('root', MOUNT_PACKAGES, {
    what: 'Mounting the packages',
    deadlineMs: 20_000 * patience,
    log: 'packages',
  });
  if (mounted.exitCode === 0) return 'packages';
  if (mounted.exitCode === OTHER_LOCK_FILE) return 'no packages: those here are of another lock file';
  throw new SetupError('The packages did not arrive.', { tail: mounted.output });
}

/**
 * @param {string} image
 * @param {AbortSignal} signal
 */
async function makePackagesImage(image, signal) {
  rmSync(image, { force: true });
  mkdirSync(path.dirname(image), { recursive: true });
  const folder = path.join(PATHS.root, 'node_modules');
  await runCommand('mkfs.ext4', ['-q', '-N', '200000', '-d', folder, image, '3G'], {
    what: 'Packing node_modules',
    signal,
    deadlineMs: PACK_DEADLINE_MS,
  });
}

/** @param {import('./steps.mjs').StepContext} context */
async function lendSite(context) {
  if (!isSiteBuilt()) return 'no site: it is not built here';
  context.step.detail('the site');
  const files = ['dist', path.relative(PATHS.root, path.join(PATHS.records, 'site.json'))];
  await handOver(context, 'site.tar', {
    make: async (tar) => {
      await runCommand('tar', ['-cf', tar, '-C', PATHS.root, ...files], {
        what: 'Packing the site',
        signal: context.signal,
        deadlineMs: PACK_DEADLINE_MS,
      });
    },
    take: `tar -xf "$FILE" -C ${CHECKOUT}`,
    deadlineMs: UNPACK_DEADLINE_MS,
  });
  return 'site';
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
